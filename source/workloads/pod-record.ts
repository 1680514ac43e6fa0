import type {RawName, SafeText, StoredRecord} from '../vocabulary.ts';
import type {Component} from './component.ts';
import type {Ending} from './ending.ts';
import type {Trouble} from './trouble.ts';

/** There are tens of thousands of these: nothing is kept that no pane counts. */
export type PodRecord = StoredRecord & {
	/** The node it is bound to, `''` before it is. */
	readonly node: RawName;
	readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
	/** The word of kubectl's STATUS column: `CrashLoopBackOff`, `Init:0/2`. */
	readonly status: SafeText;
	readonly ready: boolean;
	/** When `ready` last changed, epoch ms, 0 when it never did. */
	readonly readyAt: number;
	readonly readyContainers: number;
	readonly containers: number;
	readonly restarts: number;
	/** The first of its containers: whose log is meant where nobody says more. */
	readonly container: RawName;
	/** How one of its containers ended last; undefined while none has ended and begun again. */
	readonly ended: Ending | undefined;
	/** Its controller; both empty when it has none. */
	readonly ownerKind: SafeText;
	readonly ownerName: RawName;
	readonly component: Component | undefined;
	/** The kubelet's directory as a CSI plugin knows it, which is where it registers; `''` for all other pods. */
	readonly kubeletDir: SafeText;
	/** Claims it mounts, in its own namespace. */
	readonly claims: readonly RawName[];
	/** What keeps it from running; few pods have that. */
	readonly trouble: Trouble | undefined;
	/** Requested: thousandths of a core, bytes; NaN where nobody asked. */
	readonly milliCpu: number;
	readonly memory: number;
	readonly gpus: number;
	readonly gpuResource: RawName;
	readonly deletingAt: number;
};
