import type {Settings} from '../settings.ts';
import type {Reading} from '../vocabulary.ts';
import type {Controllers} from '../workloads/controllers.ts';
import type {Claimants} from './claimants.ts';
import type {AttachmentRecord, ClaimRecord, CsiNodeRecord, PersistentVolumeRecord, StorageClassRecord} from './kubernetes.ts';
import type {LonghornNodeRecord, LonghornVolumeRecord} from './longhorn.ts';
import type {EngineRecord, ReplicaRecord} from './replica.ts';
import type {NodeStanding} from './standing.ts';
import type {Warnings} from './warnings.ts';

/** What the storage slice is told from: its own sources, and what it needs of the others. */
export type StorageInput = {
	readonly classes: Reading<StorageClassRecord>;
	readonly volumes: Reading<PersistentVolumeRecord>;
	readonly claims: Reading<ClaimRecord>;
	readonly attachments: Reading<AttachmentRecord>;
	readonly csiNodes: Reading<CsiNodeRecord>;
	readonly longhornVolumes: Reading<LonghornVolumeRecord>;
	readonly longhornNodes: Reading<LonghornNodeRecord>;
	readonly replicas: Reading<ReplicaRecord>;
	readonly engines: Reading<EngineRecord>;
	/** What was noted down about volumes, and the pods that mount claims and do not run as they should. */
	readonly warnings: Warnings;
	readonly claimants: Claimants;
	/** The pods of longhorn-manager, which keeps what Longhorn says true, and of the CSI plugins. */
	readonly controllers: Controllers;
	/** Nodes by name; empty while they are not known. */
	readonly nodes: ReadonlyMap<string, NodeStanding>;
	/** Other names of one storage server → the name it goes by. */
	readonly aliases: Settings['aliases'];
	/** Epoch ms on the server's clock. */
	readonly now: number;
};
