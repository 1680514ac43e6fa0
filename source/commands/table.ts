/** Every command and flag, once: parsing, help and completion are made from this table. Data only. */

export type Flag = {
	readonly name: string;
	readonly short?: string;
	readonly type: 'string' | 'number' | 'boolean';
	/** What stands for the value in the help: `NAME`. */
	readonly value?: string;
	readonly about: string;
	readonly choices?: readonly string[];
	/** It may be given several times; its values are in `lists`. */
	readonly multiple?: true;
	/** What the shell completes it with. */
	readonly completes?: 'file' | 'contexts';
};

/** A word that stands for itself, at its place. */
export type Positional = {
	readonly name: string;
	readonly about: string;
	/** What it may be; anything where that is missing. */
	readonly choices?: readonly string[];
	readonly required?: boolean;
	/** Taken only after one of these as the first word, and required there. */
	readonly after?: readonly string[];
	/** Takes all words that are left; only the last one may. */
	readonly repeated?: boolean;
	/** What the shell completes it with, where there are no choices. */
	readonly completes?: 'nodes';
};

export type Command = {
	/** As it is typed; `''` is the dashboard. */
	readonly name: string;
	/** The file below `commands/` that runs it. */
	readonly module: string;
	readonly about: string;
	readonly positionals?: readonly Positional[];
	readonly flags: readonly Flag[];
	/** Exit code of bad input: 3 where 2 means critical. */
	readonly usageExit: 2 | 3;
	/** midwatch calls it itself: nobody is told of it. */
	readonly hidden?: true;
};

const cluster: readonly Flag[] = [
	{
		name: 'context',
		type: 'string',
		value: 'NAME',
		about: 'context of the kubeconfig (default: the current one)',
		completes: 'contexts',
	},
	{
		name: 'kubeconfig',
		type: 'string',
		value: 'FILE',
		about: 'kubeconfig file (default: $KUBECONFIG, ~/.kube/config, in the cluster, k3s)',
		completes: 'file',
	},
	{
		name: 'namespace',
		short: 'n',
		type: 'string',
		value: 'NAME',
		about: 'namespace to read where the whole cluster may not be read',
	},
	{
		name: 'server',
		type: 'string',
		value: 'URL',
		about: 'ask this API server instead, with the same CA and credentials',
	},
];

const screen: readonly Flag[] = [
	{
		name: 'theme',
		type: 'string',
		value: 'NAME',
		about: 'colours: dark or light',
		choices: ['dark', 'light'],
	},
	{
		name: 'ascii',
		type: 'boolean',
		about: 'only ASCII characters for borders and signs',
	},
	{
		name: 'screen-reader',
		type: 'boolean',
		about: 'speak in appended sentences and draw nothing (also: INK_SCREEN_READER=true)',
	},
];

/** What prints once and ends. */
const printing: readonly Flag[] = [
	{
		name: 'output',
		short: 'o',
		type: 'string',
		value: 'FORMAT',
		about: 'text or json',
		choices: ['text', 'json'],
	},
	{
		name: 'timeout',
		type: 'number',
		value: 'SECONDS',
		about: 'how long to wait for what has not been seen yet (default: 5)',
	},
	{
		name: 'ascii',
		type: 'boolean',
		about: 'only ASCII characters for signs',
	},
];

const readOnly: Flag = {name: 'read-only', type: 'boolean', about: 'change nothing, whatever is asked for'};

/** What changes the cluster. */
const acting: readonly Flag[] = [
	{name: 'dry-run', type: 'boolean', about: 'only show what would be done, and what stands against it'},
	{
		name: 'yes',
		short: 'y',
		type: 'boolean',
		about: 'ask for no yes; without a terminal where changes were allowed at one before',
	},
	{name: 'confirm', type: 'string', value: 'NAME', about: 'the name that would have to be typed'},
	readOnly,
	...printing.filter(({name}) => name !== 'timeout'),
];

const nodes: Positional = {name: 'NODE', about: 'which node, or several', repeated: true, completes: 'nodes'};

/** `NO_COLOR` and `FORCE_COLOR` are the environment's word for colours. */
export const commands: readonly Command[] = [
	{
		name: '',
		module: 'dashboard',
		about: 'open the dashboard on the current kubeconfig',
		flags: [...cluster, readOnly, ...screen],
		usageExit: 2,
	},
	{
		name: 'snapshot',
		module: 'snapshot',
		about: 'print what is wrong and all panes once as plain text, or one view',
		positionals: [
			{
				name: 'VIEW',
				about: 'which view',
				choices: ['incidents', 'nodes', 'storage', 'bgp', 'backups', 'gpu', 'platform', 'timeline', 'risks'],
			},
		],
		flags: [...cluster, ...printing],
		usageExit: 3,
	},
	{
		name: 'check',
		module: 'check',
		about: 'say in a few lines whether anything is wrong: for login messages, cron, Nagios and Icinga',
		flags: [
			...cluster.map(flag => (flag.name === 'context' ? {...flag, value: 'NAMES', about: 'context, or several: a,b,c'} : flag)),
			{name: 'all-contexts', type: 'boolean', about: 'look at every context of the kubeconfig, one line each'},
			{name: 'brief', type: 'boolean', about: 'only the first line'},
			{name: 'login', type: 'boolean', about: 'no longer than a second, no probes; then the last verdict with its age'},
			{name: 'risks', type: 'boolean', about: 'standing risks count as warnings'},
			{name: 'optional', type: 'string', value: 'SYSTEMS', about: 'systems that need not be seen: gpu,bgp'},
			{name: 'ignore', type: 'string', value: 'FINDINGS', about: 'findings that do not count: backup-late:tier-0,gpu-hot'},
			{
				name: 'output',
				short: 'o',
				type: 'string',
				value: 'FORMAT',
				about: 'text, json or nagios',
				choices: ['text', 'json', 'nagios'],
			},
			{name: 'timeout', type: 'number', value: 'SECONDS', about: 'how long to look in all (default: 2)'},
		],
		usageExit: 3,
	},
	{
		name: 'risks',
		module: 'risks',
		about: 'print what is wrong every day, what of it was accepted until when, and how the targets stand',
		flags: [...cluster, ...printing],
		usageExit: 3,
	},
	{
		name: 'about',
		module: 'about',
		about: 'print what was found on a cluster, at which versions, and which of it answers',
		flags: [...cluster, ...printing],
		usageExit: 3,
	},
	{
		name: 'journal',
		module: 'journal',
		about: 'list what was done from here, show a run with all its steps, or print it as Markdown or JSON',
		positionals: [
			{name: 'WHAT', about: 'what to do with runs (default: list)', choices: ['list', 'show', 'export']},
			{name: 'RUN', about: 'the name of a run, or as much of it as no other has; or last', after: ['show', 'export']},
		],
		flags: [
			...printing.filter(({name}) => name !== 'timeout'),
			{
				name: 'format',
				type: 'string',
				value: 'FORMAT',
				about: 'what export prints: md or json (default: md)',
				choices: ['md', 'json'],
			},
		],
		usageExit: 2,
	},
	{
		name: 'runbook',
		module: 'runbook',
		about: 'list, show or lint runbooks, walk one step by step, go on with it, and report on it',
		positionals: [
			{
				name: 'WHAT',
				about: 'what to do with runbooks (default: list)',
				choices: ['list', 'show', 'lint', 'run', 'resume', 'report'],
			},
			{name: 'RUNBOOK', about: 'the id of a runbook; for lint a file, for run either', after: ['show', 'lint', 'run']},
			{name: 'RUN', about: 'the name of a run, or as much of it as no other has; or last', after: ['resume', 'report']},
		],
		flags: [
			...cluster,
			...printing.filter(({name}) => name !== 'timeout'),
			{
				name: 'finding',
				type: 'string',
				value: 'ID[:SUBJECT]',
				about: 'what it is for: list those first that fit, take values from it',
			},
			{name: 'param', type: 'string', value: 'NAME=VALUE', about: 'a value that the runbook asks for', multiple: true},
			{name: 'step', type: 'number', value: 'N', about: 'begin at this step'},
			{name: 'yes-reading', type: 'boolean', about: 'run what only reads without a question, also where nobody could answer'},
			readOnly,
			{
				name: 'format',
				type: 'string',
				value: 'FORMAT',
				about: 'what report prints: md or json (default: md)',
				choices: ['md', 'json'],
			},
		],
		usageExit: 2,
	},
	{
		name: 'cordon',
		module: 'cordon',
		about: 'keep new pods away from nodes',
		positionals: [{...nodes, required: true}],
		flags: [...cluster, ...acting],
		usageExit: 2,
	},
	{
		name: 'uncordon',
		module: 'uncordon',
		about: 'let pods come to nodes again',
		positionals: [{...nodes, required: true}],
		flags: [...cluster, ...acting],
		usageExit: 2,
	},
	{
		name: 'drain',
		module: 'drain',
		about: 'say what will block it and what it costs, then cordon nodes, evict their pods, and follow them to gone',
		positionals: [nodes],
		flags: [
			...cluster,
			...acting,
			{name: 'resume', type: 'string', value: 'RUN', about: 'go on with a drain that was stopped: it is planned anew'},
			{name: 'force', type: 'boolean', about: 'delete also pods that nothing creates again'},
			{name: 'delete-emptydir-data', type: 'boolean', about: 'evict also pods that keep data in an emptyDir: it is lost'},
			{name: 'ignore-daemonsets', type: 'boolean', about: 'leave the pods of DaemonSets alone (default; =false refuses them)'},
			{name: 'grace-period', type: 'string', value: 'TIME', about: "how long pods may take to end (default: the pods' own)"},
			{name: 'timeout', type: 'string', value: 'TIME', about: 'how long to try on each node: 90s, 5m (default: no limit)'},
			{name: 'disable-eviction', type: 'boolean', about: 'delete pods past every disruption budget'},
			{name: 'pod-selector', type: 'string', value: 'SELECTOR', about: 'only pods with these labels'},
			{
				name: 'skip-wait-for-delete-timeout',
				type: 'string',
				value: 'TIME',
				about: 'do not wait for pods that were deleted longer ago',
			},
		],
		usageExit: 2,
	},
	{
		name: 'backup',
		module: 'backup',
		about: 'back up a tier now and follow it to its end, or pause its schedule; without a tier: list them',
		positionals: [{name: 'TIER', about: 'which tier, as the dashboard names it'}],
		flags: [
			...cluster,
			...acting,
			{name: 'resume', type: 'string', value: 'RUN', about: 'follow again what an earlier run has begun'},
			{name: 'pause', type: 'boolean', about: 'make no more backups by its schedule'},
			{name: 'unpause', type: 'boolean', about: 'make backups by its schedule again'},
		],
		usageExit: 2,
	},
	{
		name: 'demo',
		module: 'demo',
		about: 'the same on the embedded cluster: nothing to install, nothing to break',
		flags: [
			{
				name: 'world',
				type: 'string',
				value: 'NAME',
				about: 'whose cluster it is (default: homelab)',
			},
			{
				name: 'scenario',
				type: 'string',
				value: 'NAME',
				about: 'what happens in it (default: calm)',
			},
			{
				name: 'speed',
				type: 'number',
				value: 'N',
				about: 'how many times faster than real time (default: 1)',
			},
			{name: 'list', type: 'boolean', about: 'list worlds and scenarios'},
			{
				name: 'serve',
				type: 'boolean',
				about: 'only serve it, and print the path of a kubeconfig',
			},
			{
				name: 'port',
				type: 'number',
				value: 'N',
				about: 'port to serve on (default: a free one)',
			},
			readOnly,
			...screen,
		],
		usageExit: 2,
	},
	{
		name: 'rbac',
		module: 'rbac',
		about: 'print the least-privilege roles for what is installed here: to read, and one per action',
		positionals: [
			{
				name: 'ROLE',
				about: 'which role',
				choices: ['read', 'cordon', 'drain', 'backup', 'pause', 'cronjob'],
			},
		],
		flags: [
			...cluster,
			{
				name: 'all',
				type: 'boolean',
				about: 'for everything midwatch can read, without asking a cluster',
			},
		],
		usageExit: 2,
	},
	{
		name: '__supervise',
		module: 'supervise',
		about: 'run a step of a runbook to its end, whatever becomes of the midwatch that began it',
		flags: [],
		usageExit: 2,
		hidden: true,
	},
	{
		name: 'completion',
		module: 'completion',
		about: 'print a completion script for the shell',
		positionals: [
			{
				name: 'SHELL',
				about: 'which shell',
				choices: ['bash', 'zsh', 'fish'],
				required: true,
			},
		],
		flags: [],
		usageExit: 2,
	},
];
