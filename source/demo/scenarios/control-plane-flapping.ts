import type {Scenario, Stage} from '../model.ts';

type Server = Stage['server'];
type Wave = ReadonlyArray<readonly [after: number, what: string, act: (server: Server) => void]>;

/** One bad minute: slow, then failing, then connections cut, then nobody there, then well again. */
const wave: Wave = [
	[0, 'answers take a second', server => Object.assign(server, {delayMs: 1000})],
	[8, 'every connection is cut', server => server.dropConnections()],
	[14, 'answers are errors', server => Object.assign(server, {delayMs: 200, failing: true})],
	[22, 'nobody is there', server => Object.assign(server, {failing: false, refuse: true})],
	[32, 'it is well again', server => Object.assign(server, {delayMs: 0, refuse: false})],
	[45, 'clients are asked to come again', server => server.drainConnections()],
];

const waves = 20;

/** The API server is slow, fails and goes away in waves of a minute; in between it is well. */
export const controlPlaneFlapping: Scenario = {
	id: 'control-plane-flapping',
	title: 'The API server comes and goes',
	description: 'slow answers, errors, cut connections and silence in waves of a minute, for twenty minutes',
	worlds: ['homelab', 'talos-bgp', 'talos-prod', 'talos-dev', 'talos-data', 'talos-ceph'],
	steps: [
		{at: -60, what: 'it has been slow before', act: ({server}) => Object.assign(server, {delayMs: 120})},
		...Array.from({length: waves}, (_, index) =>
			wave.map(([after, what, act]) => ({at: 12 + 60 * index + after, what, act: ({server}: Stage) => act(server)})),
		).flat(),
	],
};
