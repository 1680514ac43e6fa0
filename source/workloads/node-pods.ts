import type {SafeText} from '../vocabulary.ts';

/** A pod that holds devices of a GPU resource. */
export type GpuHolder = {
	readonly namespace: SafeText;
	readonly name: SafeText;
	readonly gpus: number;
};

/** What the pods bound to one node come to. Finished pods count only in `finished`. */
export type NodePods = {
	readonly active: number;
	/** Active, but not ready. */
	readonly notReady: number;
	readonly finished: number;
	/** Requested: thousandths of a core, bytes, devices. */
	readonly milliCpu: number;
	readonly memory: number;
	readonly holders: readonly GpuHolder[];
};
