/** What the embedded cluster is made of. Worlds and scenarios are data in these terms; the server only serves them. */

/** An object as the API serves it, in its storage version. */
export type KubeObject = {
	apiVersion: string;
	kind: string;
	metadata: {
		name: string;
		namespace?: string;
		uid?: string;
		resourceVersion?: string;
		generation?: number;
		creationTimestamp?: string;
		deletionTimestamp?: string;
		labels?: Record<string, string>;
		annotations?: Record<string, string>;
		ownerReferences?: Array<{
			apiVersion: string;
			kind: string;
			name: string;
			uid: string;
			controller?: boolean;
		}>;
		finalizers?: string[];
		[field: string]: unknown;
	};
	[field: string]: unknown;
};

/** A served resource. Built-in ones and those of CustomResourceDefinitions look the same here. */
export type ResourceType = {
	readonly group: string;
	/** Served versions, the storage version first. Objects are the same in each but for `apiVersion`. */
	readonly versions: readonly string[];
	readonly plural: string;
	readonly singular?: string;
	readonly kind: string;
	readonly namespaced: boolean;
	readonly shortNames?: readonly string[];
	/** Has a status subresource. */
	readonly status?: boolean;
	readonly verbs?: readonly string[];
	/** Defined by a CRD: no protobuf, merge patch only. */
	readonly custom?: boolean;
	/** Groups of resources that kubectl knows by one name: `all`. */
	readonly categories?: readonly string[];
	/** Subresources beside `status`: `log`, `eviction`, `scale` … */
	readonly subresources?: readonly string[];
	/** Served from this function instead of the store (metrics): cannot be watched or written. */
	readonly compute?: (stage: Stage) => readonly KubeObject[];
	/** Extra columns of its Table: name, JSON path as a function of the object. */
	readonly columns?: ReadonlyArray<{
		readonly name: string;
		readonly type?: string;
		/** 1 is shown with `-o wide` only. */
		readonly priority?: number;
		readonly of: (object: KubeObject, now: number) => string | number;
	}>;
};

/** Where an object is: `namespace` is `''` for cluster-scoped ones. */
export type Reference = {
	readonly group: string;
	readonly plural: string;
	readonly namespace: string;
	readonly name: string;
};

export type ObjectChange = {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
	readonly resource: ResourceType;
	readonly object: KubeObject;
	readonly version: number;
	/** What it was before, unless it was added. */
	readonly previous?: KubeObject | undefined;
};

/** The versioned object store behind the server: every write gets the next resource version and reaches the watches. */
export type ObjectStore = {
	/** Creates or replaces, stamping uid, creationTimestamp (unless given) and resourceVersion. */
	readonly put: (object: KubeObject) => KubeObject;
	/** Changes a copy and writes it; undefined when there is no such object. */
	readonly change: (where: Reference, edit: (draft: KubeObject) => void) => KubeObject | undefined;
	readonly remove: (where: Reference) => KubeObject | undefined;
	readonly get: (where: Reference) => KubeObject | undefined;
	readonly list: (group: string, plural: string, namespace?: string) => readonly KubeObject[];
	readonly onChange: (listener: (change: ObjectChange) => void) => () => void;
	readonly define: (resource: ResourceType) => void;
	readonly undefine: (group: string, plural: string) => void;
	readonly resources: () => readonly ResourceType[];
};

/** Played time: real time, or faster with `--speed`. All stamps in the cluster come from here. */
export type Clock = {
	readonly now: () => number;
	/** Calls `act` every `seconds` of played time until the cluster closes. */
	readonly every: (seconds: number, act: () => void) => void;
	readonly after: (seconds: number, act: () => void) => void;
};

/** What worlds, players and scenarios act on. */
export type Stage = {
	readonly store: ObjectStore;
	readonly clock: Clock;
	/**
	 * Answers behind proxies (DCGM, Prometheus): path below `/proxy`, with its query → body, or a status. Keys are
	 * `nodes/<name>`, `pods/<namespace>/<name>` and `services/<namespace>/<name>`, whatever port or scheme is asked for.
	 */
	readonly proxies: Map<
		string,
		(path: string) =>
			| {
					readonly status: number;
					readonly type: string;
					readonly body: string;
			  }
			| 'hang'
	>;
	/** Log lines of a container: `namespace/pod/container`, and of the one before it with `/previous` at the end. */
	readonly logs: Map<string, string[]>;
	/** How the API server itself behaves: scenario `control-plane-flapping` turns these. */
	readonly server: {
		delayMs: number;
		/** Whether nobody listens, so that connections are refused; those that are open stay. */
		refuse: boolean;
		failing: boolean;
		dropConnections: () => void;
		/** Asks the clients to move to new connections (GOAWAY); what is under way goes on. */
		drainConnections: () => void;
	};
	/** Seeded randomness: the same world plays the same way twice. */
	readonly random: () => number;
	/** What runs on the stage can be switched off per node: a silent kubelet stops its player. */
	readonly silent: Set<string>;
	/** What is wrong with some of the pods, for as long as it stands here. */
	readonly ailments: Set<Ailment>;
};

/**
 * Something that keeps pods from working, or being backed up, wherever and as often as they are made anew; kubelets (players) act it out.
 * `crashing`: containers end some seconds after they have started, their last words are `lines`. `not ready`: they run and
 * fail their probe. `not mounted`: their volumes cannot be mounted, so that containers that do not run yet are not made. `not
 * uploaded`: they run, but backing up one of their volumes takes longer than it may. `growing`: they use so much more memory
 * than they should, in bytes. `hung`: they run and say that they are well, and do nothing.
 */
export type Ailment = {
	/** Epoch milliseconds. */
	readonly since: number;
	readonly hits: (pod: KubeObject) => boolean;
} & (
	| {readonly is: 'crashing'; readonly exitCode: number; readonly lines: readonly string[]}
	| {readonly is: 'not ready'; readonly probe: string}
	| {readonly is: 'not mounted'; readonly message: (pod: KubeObject) => string}
	| {readonly is: 'not uploaded'}
	| {readonly is: 'growing'; readonly bytes: number}
	| {readonly is: 'hung'}
);

/** One of the clusters of the people we build for, healthy. */
export type World = {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** `gitVersion` of the API server: `v1.35.4+k3s1`. */
	readonly version: string;
	readonly resources: readonly ResourceType[];
	readonly objects: (now: number, random: () => number) => readonly KubeObject[];
	/** Kubelets, controllers, exporters: what keeps it moving. Called once; uses `stage.clock`. */
	readonly play: (stage: Stage) => void;
};

/** What happens in a world. Steps before zero have happened already when the dashboard starts. */
export type Scenario = {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** Worlds it can be played in; the first one is its default. */
	readonly worlds: readonly string[];
	readonly steps: ReadonlyArray<{
		/** Seconds of played time after the start. */
		readonly at: number;
		readonly what: string;
		/** `at` is when it happens or happened, epoch milliseconds; the stage's clock says the same meanwhile. */
		readonly act: (stage: Stage, at: number) => void;
	}>;
};

/** A running embedded cluster. */
export type EmbeddedCluster = {
	readonly server: string;
	/** PEM of the CA that signed the serving certificate. */
	readonly ca: string;
	/** A token that may do everything. */
	readonly token: string;
	readonly contextName: string;
	readonly stage: Stage;
	/** The BGP sessions there were before the scenario began: `nuc-2/10.0.0.1`. */
	readonly sessionsBefore: ReadonlySet<string>;
	/** Writes a kubeconfig (0600) into a private temporary folder and returns its path. */
	readonly writeKubeconfig: () => Promise<string>;
	/** Adds a user with only these rules, or gives a known one other rules; returns its token. */
	readonly addUser: (name: string, rules: readonly Rule[]) => string;
	/** Forgets the history: older resource versions can no longer be listed, continued or watched from (410). */
	readonly compact: () => void;
	readonly close: () => Promise<void>;
};

/** An RBAC rule; `namespace` undefined means cluster-wide. */
export type Rule = {
	readonly namespace?: string;
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
};
