import {dirname} from 'node:path';
import {loadKubeconfig} from '../cluster/kubeconfig/load.ts';
import {scenarios, worlds} from '../demo/catalog.ts';
import {startEmbedded} from '../demo/embedded.ts';
import type {EmbeddedCluster} from '../demo/model.ts';
import {noBaseline} from '../findings/facts.ts';
import {readArguments} from './arguments.ts';
import {Complaint} from './complaint.ts';
import {isScreen, type Screen} from './screen.ts';
import {showDashboard} from './show.ts';
import {printSnapshot} from './snapshot.ts';
import {unkept} from './unkept.ts';

type Named = {readonly id: string; readonly title: string; readonly description: string};

function listOf(title: string, entries: readonly Named[]): string {
	const width = Math.max(...entries.map(({id}) => id.length));
	return [title, ...entries.map(({id, description}) => `  ${id.padEnd(width)}  ${description}`)].join('\n');
}

function find<T extends Named>(kind: string, entries: readonly T[], id: string): T {
	const found = entries.find(entry => entry.id === id);
	if (found !== undefined) return found;
	throw new Complaint(`There is no ${kind} ${JSON.stringify(id)}; there are ${entries.map(entry => entry.id).join(', ')}.`, 2);
}

/** Serves until it is told to stop. */
async function serve(cluster: EmbeddedCluster): Promise<number> {
	const kubeconfig = await cluster.writeKubeconfig();
	process.stdout.write(`${kubeconfig}\n`);
	process.stderr.write(
		`Serving the embedded cluster on ${cluster.server}; try: kubectl --kubeconfig ${kubeconfig} get nodes. ctrl-c ends it.\n`,
	);
	await new Promise<void>(resolve => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
	});
	return 0;
}

async function start(flags: Readonly<Record<string, string | number | boolean | undefined>>): Promise<EmbeddedCluster> {
	const scenario = find('scenario', scenarios, String(flags.scenario ?? 'calm'));
	const world = find('world', worlds, String(flags.world ?? scenario.worlds[0] ?? 'homelab'));
	if (!scenario.worlds.includes(world.id)) {
		throw new Complaint(`The scenario ${scenario.id} is not played in ${world.id}, only in ${scenario.worlds.join(', ')}.`, 2);
	}
	const speed = Number(flags.speed ?? 1);
	if (speed < 0.1 || speed > 1000) throw new Complaint(`--speed goes from 0.1 to 1000, not ${speed}.`, 2);
	const port = Number(flags.port ?? 0);
	if (!Number.isInteger(port) || port > 65_535) throw new Complaint(`--port is a whole number up to 65535, not ${port}.`, 2);
	return startEmbedded({world, scenario, speed, port}).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'EADDRINUSE' || error.code === 'EACCES'
			? new Complaint(`Port ${String(flags.port)} cannot be had (${error.code}); choose another with --port, or none.`, 2)
			: error;
	});
}

/** `midwatch demo`: the embedded cluster, and the dashboard on it. */
export async function run(argv: readonly string[], screen: Screen): Promise<number> {
	const {flags} = await readArguments('demo', argv);
	if (flags.list === true) {
		process.stdout.write(`${listOf('Worlds (--world)', worlds)}\n\n${listOf('Scenarios (--scenario)', scenarios)}\n`);
		return 0;
	}
	const cluster = await start(flags);
	try {
		if (flags.serve === true) return await serve(cluster);
		const kubeconfig = await cluster.writeKubeconfig();
		// What is done here is written down beside it, and gone with the cluster.
		process.env.XDG_STATE_HOME = dirname(kubeconfig);
		const target = await loadKubeconfig({path: kubeconfig, env: process.env});
		const demo = unkept({...noBaseline, peers: cluster.sessionsBefore});
		if (!isScreen(screen)) return await printSnapshot(target, {flags: {}, words: []}, demo);
		return await showDashboard({target, flags, demo}, screen);
	} finally {
		await cluster.close();
	}
}
