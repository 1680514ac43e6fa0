import type {LocationRow} from '../../objects/velero/location.ts';
import type {ScheduleRow} from '../../objects/velero/schedule.ts';
import type {BackedUp} from '../build/backed-up.ts';

const cloud = 'b2';

const scheduleRows: readonly ScheduleRow[] = [
	{
		name: 'tier-0',
		cron: '0 */6 * * *',
		keptDays: 7,
		namespaces: ['auth', 'apps', 'home'],
		location: cloud,
		items: 412,
		volumes: 14,
		minutes: 9,
	},
	{
		name: 'tier-1',
		cron: '0 1 * * *',
		keptDays: 30,
		namespaces: ['photos', 'media', 'ai', 'network', 'monitoring'],
		location: cloud,
		items: 587,
		volumes: 11,
		minutes: 26,
	},
	{name: 'tier-2', cron: '0 3 * * 0', keptDays: 90, namespaces: ['*'], location: cloud, items: 2141, volumes: 29, minutes: 94},
];

const cloudBucket: LocationRow = {
	name: cloud,
	bucket: 'homelab-velero',
	url: 'https://s3.eu-central-003.backblazeb2.com',
	region: 'eu-central-003',
};

export const velero: BackedUp = {
	schedules: scheduleRows,
	locations: [cloudBucket],
	restores: [
		{schedule: 'tier-0', days: 3, namespace: 'home', drill: true, minutes: 6, items: 71},
		{schedule: 'tier-1', days: 12, namespace: 'media', drill: false, minutes: 11, items: 94},
	],
	age: 260,
};

/** etcd snapshots of the servers: k3s' default times and count. */
export const etcd = {cron: '0 */12 * * *', kept: 5, bucket: 'homelab-etcd', bytes: 48_300_000};
