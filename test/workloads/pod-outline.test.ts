import {expect, test} from 'vitest';
import {identityOf} from '../../source/cluster/identity.ts';
import type {Raw} from '../../source/cluster/raw.ts';
import {podOutline} from '../../source/workloads/pod-outline.ts';

const outlined = (cells: Readonly<Record<string, string | number>>) => {
	const all = {Name: 'web-0', Ready: '1/1', Status: 'Running', Restarts: '0', Node: 'nuc-1', ...cells};
	const row = (column: string) => (all as Readonly<Record<string, unknown>>)[column] as Raw | undefined;
	return podOutline.record(row, identityOf({name: row('Name')} as Raw));
};

test.each([
	['one that runs', {}],
	['one that is done', {Status: 'Completed', Ready: '0/1'}],
	['one that was restarted a few times', {Restarts: '4 (10s ago)'}],
	['one that was restarted often, but hours ago', {Restarts: '17 (3h5m ago)'}],
	['one that was restarted often, but days ago', {Restarts: '170 (12d ago)'}],
	['one of a server that counts restarts only', {Restarts: 3}],
])('%s is told by its row', (_, cells) => {
	expect(outlined(cells)).toMatchObject({name: 'web-0', node: 'nuc-1', trouble: undefined, component: undefined});
});

test.each([
	['one that is not ready', {Ready: '1/2'}],
	['one that waits', {Status: 'Pending', Ready: '0/1'}],
	['one that crashes', {Status: 'CrashLoopBackOff', Ready: '0/1'}],
	['one that is going', {Status: 'Terminating'}],
	['one that was restarted often of late', {Restarts: '17 (5m12s ago)'}],
	['one that was restarted often, nobody says when', {Restarts: 17}],
	['one whose row makes no sense', {Ready: '', Restarts: 'many'}],
])('%s must be read whole', (_, cells) => {
	expect(outlined(cells)).toBeUndefined();
});
