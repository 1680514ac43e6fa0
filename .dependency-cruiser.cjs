/** The arrows of the house: cluster → slices → findings → journal → actions → runbooks → interface/shell → commands. */
const slices = '^source/(nodes|storage|bgp|backups|gpu|workloads|platform|alerts)/';
const above = {
	files: ['cluster', 'slices', 'findings', 'journal', 'actions', 'runbooks', 'shell', 'commands', 'widgets'],
	cluster: ['slices', 'findings', 'journal', 'actions', 'runbooks', 'shell', 'commands', 'widgets'],
	findings: ['journal', 'actions', 'runbooks', 'shell', 'commands', 'widgets'],
	journal: ['actions', 'runbooks', 'shell', 'commands', 'widgets'],
	actions: ['runbooks', 'shell', 'commands', 'widgetsButWidth'],
	runbooks: ['shell', 'commands', 'widgets'],
	widgets: ['cluster', 'slices', 'findings', 'journal', 'actions', 'runbooks', 'shell', 'commands', 'files'],
	shell: ['commands'],
};
const place = {
	files: '^source/files/',
	cluster: '^source/cluster/',
	slices,
	findings: '^source/findings/',
	journal: '^source/journal/',
	actions: '^source/actions/',
	runbooks: '^source/runbooks/',
	widgets: '^source/interface/widgets/',
	widgetsButWidth: '^source/interface/widgets/(?!width\\.ts$)',
	shell: '^source/interface/shell/',
	commands: '^source/commands/',
};

module.exports = {
	forbidden: [
		{name: 'no-circle', severity: 'error', from: {}, to: {circular: true}},
		{
			name: 'vocabulary-imports-nothing',
			severity: 'error',
			from: {path: '^source/vocabulary\\.ts$'},
			to: {},
		},
		...Object.entries(above).map(([room, rooms]) => ({
			name: `${room}-points-up`,
			severity: 'error',
			from: {path: place[room]},
			to: {path: rooms.map(name => place[name])},
		})),
		{
			name: 'slices-point-up',
			severity: 'error',
			from: {path: slices},
			to: {
				path: ['findings', 'journal', 'actions', 'runbooks', 'shell', 'commands'].map(name => place[name]),
			},
		},
		{
			name: 'no-other-slices-facts',
			comment: 'record types only; joins are arguments',
			severity: 'error',
			from: {
				path: '^source/(nodes|storage|bgp|backups|gpu|workloads|platform|alerts)/',
			},
			to: {
				path: '^source/(nodes|storage|bgp|backups|gpu|workloads|platform|alerts)/(facts|view|detail)',
				pathNot: '^source/$1/',
			},
		},
		{
			name: 'pure-rooms',
			comment: 'facts and views take time as a parameter and know no runtime',
			severity: 'error',
			from: {path: '/(facts|view)\\.ts$'},
			to: {dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'croner'},
		},
		{
			name: 'demo-is-apart',
			severity: 'error',
			from: {
				path: '^source/',
				pathNot: ['^source/commands/demo', '^source/demo/'],
			},
			to: {path: '^source/demo/'},
		},
		{
			name: 'ink-only-in-the-interface',
			severity: 'error',
			from: {path: '^source/', pathNot: ['^source/interface/']},
			to: {
				path: 'node_modules/(ink|react|ink-table)(/|$)',
				dependencyTypesNot: ['type-only'],
			},
		},
		{
			name: 'one-door-to-the-disk',
			severity: 'error',
			from: {
				path: '^source/',
				pathNot: [
					'^source/(files|demo|build)/',
					'^source/cluster/kubeconfig',
					'^source/cluster/credentials',
					'^source/cli\\.ts$',
					'^source/commands/',
				],
			},
			to: {path: '^(node:)?fs(/promises)?$', dependencyTypes: ['core']},
		},
	],
	options: {
		parser: 'swc',
		doNotFollow: {path: 'node_modules'},

		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'default', 'types'],
			extensions: ['.ts', '.tsx', '.js'],
		},
	},
};
