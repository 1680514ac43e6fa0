import type {EventRecord} from '../workloads/event.ts';
import {xidOf} from './xid.ts';

/** What the driver tells the kernel of an XID; whoever watches the kernel (node-problem-detector) notes it down of the node. */
const kernelWords = /NVRM: Xid \([^)]*\): (\d+)/;

/** When an XID of the device or its driver was last noted down of a node, epoch ms; 0 where none is. */
export function xidNotedAt(events: readonly EventRecord[]): number {
	const times = events.map(({message, firstAt}) => {
		const code = kernelWords.exec(message)?.[1];
		const kind = code === undefined ? undefined : xidOf(Number(code)).class;
		return kind === 'hardware' || kind === 'driver' ? firstAt : 0;
	});
	return Math.max(0, ...times);
}
