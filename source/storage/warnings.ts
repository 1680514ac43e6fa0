import {safeText} from '../cluster/safe-text.ts';
import {keyOf, memoised, type RawName, type Reading, type SafeText, type Tally} from '../vocabulary.ts';
import type {EventRecord} from '../workloads/event.ts';
import type {Claimants} from './claimants.ts';

/** What was noted down about volumes, by what it is about: `Pod media/jellyfin-0`, `PersistentVolumeClaim media/books`. */
export type Warnings = Reading<readonly EventRecord[]>;

const reasons = new Set<string>([
	'FailedMount',
	'FailedMapVolume',
	'FailedAttachVolume',
	'ProvisioningFailed',
	'VolumeResizeFailed',
	'FileSystemResizeFailed',
]);

const subjectKey = (kind: string, namespace: string, name: string) => `${kind} ${keyOf(namespace, name)}`;

/** Keeps the warnings about volumes. */
export const warningTally: Tally<EventRecord, readonly EventRecord[]> = {
	key: ({reason, kind, about}) => (reasons.has(reason) ? subjectKey(kind, about.namespace, about.name) : undefined),
	empty: [],
	add: (events, event) => [...events, event],
	remove: (events, event) => events.filter(each => each !== event),
};

/** What was noted down about one claim, the newest first. */
export function warningsOfClaim(warnings: Warnings, claim: string): readonly EventRecord[] {
	return (warnings.records.get(`PersistentVolumeClaim ${claim}`) ?? []).toSorted((a, b) => b.lastAt - a.lastAt);
}

/** A pod that cannot have one of its volumes, and what the event says of it. */
export type MountFailure = {
	readonly event: EventRecord;
	/** What matters of its message. */
	readonly said: SafeText;
	/** Where it was tried, `''` where nobody tells. */
	readonly node: RawName;
	/** The PersistentVolume; `''` where the event names none. */
	readonly volume: string;
	/** The CSI driver the kubelet does not know; `''` where that is not what is wrong. */
	readonly driver: SafeText;
	/** The volume is still attached to another node. */
	readonly isHeldElsewhere: boolean;
	/** Whoever keeps the data has answered, and said no: it is not down. */
	readonly isRefused: boolean;
};

const refusals = /access denied|permission denied|no such file|does not exist|not supported|operation not permitted/i;

/** What was tried fills most of a message; how it ended is at its end. */
const endings = [
	/driver name \S+ not found in the list of registered CSI drivers/,
	/(?<=Output: ).+/,
	/(?<=for volume "[^"]+" : ).+/,
];

function essence(message: SafeText): SafeText {
	const found = endings.map(ending => ending.exec(message)?.[0]).find(ending => ending !== undefined);
	return safeText(found?.trim() ?? message);
}

const failure = memoised((event: EventRecord): MountFailure => {
	const {message} = event;
	return {
		event,
		said: essence(message),
		node: event.host,
		volume: /for volume "([^"]+)"/.exec(message)?.[1] ?? '',
		driver: safeText(/driver name (\S+) not found in the list of registered CSI drivers/.exec(message)?.[1] ?? '', 253),
		isHeldElsewhere: event.reason === 'FailedAttachVolume' && message.includes('Multi-Attach'),
		isRefused: refusals.test(message),
	};
});

/** The last word of an event counts this long where the pod itself cannot be asked: kubelet tries again every two minutes. */
const fresh = 10 * 60_000;

const podPrefix = 'Pod ';
const seesPods = ({state}: Claimants) => state.is === 'live' || state.is === 'polled';

/**
 * What keeps pods from their volumes now. Events outlive their reason by an hour, so one counts only while its pod waits
 * still; where pods are not seen, while it is `fresh`. `now` in epoch ms.
 */
export function mountFailures(warnings: Warnings, claimants: Claimants, now: number): readonly MountFailure[] {
	return [...warnings.records].flatMap(([key, events]) => {
		if (!key.startsWith(podPrefix)) return [];
		const [pod] = claimants.records.get(key.slice(podPrefix.length)) ?? [];
		const isMeant = ({about}: EventRecord) => about.uid === '' || about.uid === pod?.uid;
		const holds = (event: EventRecord) =>
			seesPods(claimants) ? pod?.trouble?.is === 'creating' && isMeant(event) : now - event.lastAt < fresh;
		return events.filter(holds).map(failure);
	});
}

/** When the first of these no longer counts by time alone, epoch ms. */
export function failuresTurnAt(failures: readonly MountFailure[], claimants: Claimants): number {
	return seesPods(claimants) ? Number.POSITIVE_INFINITY : Math.min(...failures.map(({event}) => event.lastAt + fresh));
}
