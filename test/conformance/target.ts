/** How a user proves who they are: headers (`authorization: Bearer …`), a client certificate, or both. PEM. */
export type Credentials = {
	readonly headers?: Readonly<Record<string, string>>;
	readonly certificate?: string;
	readonly key?: string;
};

/** One rule of an RBAC Role. */
export type Rule = {
	readonly apiGroups: readonly string[];
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
};

/**
 * A running API server for the conformance suite to judge.
 *
 * The suite asks for little around it: two nodes or more, and that the administrator may do everything. It makes a
 * namespace of its own for each protocol and leaves nothing else behind. No controller, kubelet or etcd is required,
 * but disruption budgets must get their status and deleted namespaces and pods must vanish, whoever does it.
 */
export type Target = {
	/** `https://host:port`, speaking HTTP/2 and HTTP/1.1 on one port. */
	readonly server: string;
	/** The authority that signed the server's certificate, PEM. */
	readonly ca: string;
	/** May do everything. */
	readonly admin: Credentials;
	/** May do what `limitedRules` say in `limited.namespace` (which exists) and nothing else, not even list namespaces. */
	readonly limited: {readonly namespace: string; readonly credentials: Credentials};
	/** Whether this is midwatch's own embedded cluster: for messages only, no test may expect less of it. */
	readonly isEmbedded: boolean;
	/**
	 * Forgets history: when it resolves, every resource version older than the newest write is too old to list, to
	 * continue or to watch from. The server may have cut its connections to do so; it answers again.
	 */
	readonly compact: () => Promise<void>;
};

/** What the limited user may do in its namespace: pods fully to read, config maps to list but not to watch. */
export const limitedRules: readonly Rule[] = [
	{apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch']},
	{apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list']},
];
