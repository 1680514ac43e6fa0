import {expect, test} from 'vitest';
import type {Raw} from '../../source/cluster/raw.ts';
import {lastWrite} from '../../source/cluster/written.ts';
import {expectSafe, poisoned} from '../_helpers/hostile.ts';

const at = '2026-11-21T02:10:00Z';
const earlier = '2026-11-20T02:10:00Z';
const entry = (manager: string, time: string | undefined, part: string) => ({manager, time, fieldsV1: {[`f:${part}`]: {}}});
const written = (...managedFields: readonly object[]) => ({metadata: {managedFields}}) as unknown as Raw;

test('the last write to a part of an object has a name and a time', () => {
	const raw = written(
		entry('helm', earlier, 'spec'),
		entry('kubectl-edit', at, 'spec'),
		entry('cilium-agent', earlier, 'status'),
	);
	expect(lastWrite(raw, 'spec')).toEqual({by: 'kubectl-edit', at: Date.parse(at)});
	expect(lastWrite(raw, 'status')).toEqual({by: 'cilium-agent', at: Date.parse(earlier)});
});

test('where nothing is noted there is none', () => {
	for (const raw of [{}, written(), written(entry('helm', at, 'metadata')), written(entry('helm', undefined, 'spec'))])
		expect(lastWrite(raw, 'spec')).toBeUndefined();
	expect(lastWrite({metadata: 'x'} as unknown as Raw, 'spec')).toBeUndefined();
});

test('a name is only text', () => {
	expectSafe(lastWrite(poisoned(written(entry('helm', at, 'spec'))), 'spec')?.by ?? '');
});
