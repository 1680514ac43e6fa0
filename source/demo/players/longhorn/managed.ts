import type {Stage} from '../../model.ts';
import type {EngineObject} from '../../objects/longhorn/engine.ts';
import type {ReplicaObject} from '../../objects/longhorn/replica.ts';
import type {VolumeObject} from '../../objects/longhorn/volume.ts';

/** One volume as its manager sees it: `node` is where it is attached, `''` for nowhere; `up` are the nodes that are ready. */
export type Managed = {
	readonly stage: Stage;
	readonly volume: VolumeObject;
	readonly engine: EngineObject;
	readonly copies: readonly ReplicaObject[];
	readonly node: string;
	readonly up: ReadonlySet<string>;
	readonly now: number;
};
