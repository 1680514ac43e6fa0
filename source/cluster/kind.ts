import type {StoredRecord} from '../vocabulary.ts';
import type {Raw} from './raw.ts';

/** The part of a record that comes from `metadata`; `project` spreads it into what it returns. */
export type Identity = StoredRecord;

/** Which fields of a protobuf message to read: field number → JSON name and how to read it. Others are skipped. */
export type MessageSchema = {
	readonly [field: number]: readonly [name: string, type: FieldType] | readonly [name: string, type: FieldType, repeated: 'list'];
};
export type FieldType =
	| 'string'
	| 'int'
	| 'bool'
	| 'time'
	| 'quantity'
	| 'intOrString'
	| MessageSchema
	| {readonly map: 'string' | 'quantity'};

/** One resource kind a system needs, and how one raw object becomes a record. */
export type Kind<R extends StoredRecord> = {
	/** Unique in the program and used as the name of the source: `nodes`, `longhorn/volumes`. */
	readonly id: string;
	/** API group, `''` for core. */
	readonly group: string;
	/** Versions the projection understands, best first; the first one served is read. */
	readonly versions: readonly string[];
	readonly plural: string;
	readonly kind: string;
	readonly namespaced: boolean;
	/** Read only this namespace (`kube-node-lease`). */
	readonly namespace?: string;
	readonly labelSelector?: string;
	readonly fieldSelector?: string;
	/** Read only the metadata: `spec` and `status` are not sent. */
	readonly metadataOnly?: boolean;
	/** Given where the kind grows large and the server can send protobuf: the fields `project` reads. */
	readonly protobuf?: MessageSchema;
	/** Given where there may be too many to read them whole in one look. */
	readonly outline?: Outline<R>;
	/** Pure. `raw` is untrusted. `undefined` leaves the object out. */
	readonly project: (raw: Raw, identity: Identity, version: string) => R | undefined;
};

/** What one look reads of a kind of which there are too many: who is well by the server's own table, and all others whole. */
export type Outline<R extends StoredRecord> = {
	/** Pure. By its row, as `kubectl get -o wide` has it (`row('Ready')`); undefined where it must be read whole. */
	readonly record: (row: (column: string) => Raw | undefined, identity: Identity) => R | undefined;
	/** Label selectors of objects that are read whole, however well they are. */
	readonly whole: readonly string[];
};

/** One system a slice can show (`longhorn`, `velero`): the kinds it is read from. */
export type System = {
	readonly id: string;
	readonly title: string;
	/** A required system is part of every cluster: not seeing it is told, and lowers `snapshot`'s exit code. */
	readonly required: boolean;
	readonly kinds: ReadonlyArray<Kind<StoredRecord>>;
};
