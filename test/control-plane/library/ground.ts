import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {actionFor} from '../../../source/actions/actions.ts';
import type {Hands} from '../../../source/actions/hands.ts';
import type {Undertaking} from '../../../source/actions/undertaking.ts';
import {openCluster} from '../../../source/cluster/cluster.ts';
import {loadKubeconfig} from '../../../source/cluster/kubeconfig/load.ts';
import {connect} from '../../../source/cluster/line/connect.ts';
import {makeReader} from '../../../source/cluster/read-once.ts';
import {askedAction} from '../../../source/commands/runbook/asked-action.ts';
import {settled} from '../../../source/commands/settle.ts';
import {scenarios, worlds} from '../../../source/demo/catalog.ts';
import {startEmbedded} from '../../../source/demo/embedded.ts';
import type {Stage} from '../../../source/demo/model.ts';
import {noBaseline} from '../../../source/findings/facts.ts';
import type {Finding} from '../../../source/findings/finding.ts';
import {scrapes, systems} from '../../../source/findings/systems.ts';
import {noBackground, openWorld} from '../../../source/findings/world.ts';
import {isClearedIn} from '../../../source/runbooks/walk/cleared.ts';
import type {Ground} from '../../../source/runbooks/walk/open-walk.ts';
import {ownSteps} from '../../../source/runbooks/walk/own-steps.ts';
import {defaults} from '../../../source/settings.ts';
import {buildControlPlane} from '../build.ts';

const fakes = join(import.meta.dirname, 'fakes');
const supervise = new URL('../../../source/runbooks/execute/supervise.ts', import.meta.url).href;

export type LibraryGround = Ground & {
	readonly stage: Stage;
	/** A finding by its name, once it is raised. */
	readonly finding: (name: string) => Promise<Finding>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

type On = {readonly scenario: string; readonly speed: number; readonly fakes: readonly string[]; readonly shell: string};

/** A home whose PATH has the real kubectl, and fakes for the programs that are named. */
async function homeWith(
	programs: readonly string[],
): Promise<{readonly home: string; readonly path: string; readonly supervisor: string}> {
	const home = await mkdtemp(join(tmpdir(), 'midwatch-library-'));
	const bin = join(home, 'bin');
	await mkdir(bin);
	await symlink(join(await buildControlPlane(), 'kubectl'), join(bin, 'kubectl'));
	for (const program of programs) await symlink(join(fakes, program), join(bin, program));
	const supervisor = join(home, 'supervisor.mjs');
	await writeFile(
		supervisor,
		`const {supervise} = await import(${JSON.stringify(supervise)});\nprocess.exitCode = await supervise();\n`,
	);
	return {home, path: `${bin}:/usr/bin:/bin`, supervisor};
}

/** Says yes to whatever is planned, and types the name where one is asked for. */
async function sayYes(undertaking: Undertaking): Promise<void> {
	const look = () => {
		const stage = undertaking.stage();
		if (stage.is !== 'planned') return;
		const {confirm} = stage.plan;
		undertaking.confirm(confirm.ask === 'name' ? {name: confirm.name} : {});
	};
	const stop = undertaking.subscribe(look);
	look();
	await undertaking.ended;
	stop();
}

/** Where the library is walked: a scenario on the embedded cluster, seen by its findings, with the real kubectl at hand. */
export async function groundOn({scenario: id, speed, fakes: programs, shell: SHELL}: On): Promise<LibraryGround> {
	const scenario = scenarios.find(each => each.id === id);
	const world = worlds.find(each => each.id === scenario?.worlds[0]);
	if (scenario === undefined || world === undefined) throw new Error(`There is no scenario ${id}.`);
	const {home, path, supervisor} = await homeWith(programs);
	const embedded = await startEmbedded({world, scenario, speed});
	const target = await loadKubeconfig({path: await embedded.writeKubeconfig(), env: {}});
	const transport = connect(target, {version: '0.0.0-test', interactive: false});
	transport.open();
	const cluster = openCluster({transport, namespace: target.namespace, systems, scrapes});
	const live = openWorld(cluster, {...noBackground, baseline: {...noBaseline, peers: embedded.sessionsBefore}});
	await settled({world: live, close: () => {}}, {whole: 10_000, hopeless: 500});
	const now = () => Date.now() + transport.line().skew;
	const hands: Hands = {
		transport,
		now,
		reader: () => makeReader(transport, now),
		settings: defaults,
		context: target.contextName,
		namespace: target.namespace,
		place: {context: target.contextName, server: embedded.server, authority: embedded.ca},
		environment: {HOME: home, XDG_STATE_HOME: join(home, 'state'), PATH: path, SHELL},
		by: 'anna@bridge',
		version: '0.0.0-test',
		demo: true,
		readOnly: false,
		from: 'command line',
	};
	return {
		hands,
		target,
		supervisor: [process.execPath, supervisor],
		ours: (parameters, shell) =>
			ownSteps({hands, actionFor, parameters, requestOf: askedAction, attend: sayYes, shell, midwatch: ['midwatch']}),
		isCleared: finding => isClearedIn(live.current().ledger, finding),
		directory: home,
		stage: embedded.stage,
		finding: name =>
			new Promise(resolve => {
				const look = () => {
					const found = live.current().ledger.findings.find(each => each.name === name && each.is === 'raised');
					if (found === undefined) return;
					stop();
					resolve(found);
				};
				const stop = live.subscribe(look);
				look();
			}),
		[Symbol.asyncDispose]: async () => {
			live.close();
			cluster.close();
			await embedded.close();
			await rm(home, {recursive: true, force: true});
		},
	};
}
