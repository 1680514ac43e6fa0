import type {ClusterTarget} from '../cluster/kubeconfig/target.ts';
import {type ConfigurationError, configurationFile} from '../files/configuration.ts';
import {readPreferences, remember} from '../files/preferences.ts';
import type {LiveWorld} from '../findings/world.ts';
import type {ContextChoice} from '../interface/shell/context-choice.ts';
import {own, type SafeText, say} from '../vocabulary.ts';
import {undertakingsOn} from './acting/undertaking.ts';
import type {Arguments} from './arguments.ts';
import {keepingOf} from './background.ts';
import {Complaint} from './complaint.ts';
import {openLog} from './logging.ts';
import type {Screen} from './screen.ts';
import {openSession, type Session} from './session.ts';
import type {Kept} from './unkept.ts';
import {readCluster} from './watch.ts';
import {openWriters} from './writers.ts';
import {keepYoungGenerationSmall} from './young-generation.ts';

export type Showing = {
	readonly target: ClusterTarget;
	/** Given where it is the embedded cluster: what is known of it beforehand; nothing outlives the run. */
	readonly demo?: Kept;
	readonly flags: Arguments['flags'];
};

/** Words that reach the same cluster from a shell. */
function kubectlWords({contextName, files}: ClusterTarget, {flags, demo}: Omit<Showing, 'target'>): readonly string[] {
	const [file] = files;
	const named = (demo !== undefined || flags.kubeconfig !== undefined) && file !== undefined ? ['--kubeconfig', file] : [];
	return ['kubectl', ...named, ...(files.length === 0 ? [] : ['--context', contextName])];
}

/**
 * Resolves when the nodes are there, or it is known why they are not, or `patience` milliseconds have passed: what is
 * loaded meanwhile only makes them late.
 */
function firstNews({current, subscribe}: LiveWorld, patience: number): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			clearTimeout(timer);
			stop();
			resolve();
		};
		const timer = setTimeout(done, patience);
		const look = () => {
			const {nodes} = current();
			if (nodes.nodes.length > 0 || nodes.states.nodes.is !== 'loading') done();
		};
		const stop = subscribe(look);
		look();
	});
}

/** With fewer nodes than this, most of what there is has come with the first of them. */
const manyNodes = 100;

/** Keeps the theme for the next time; a sentence where that cannot be. */
async function keepTheme(theme: string): Promise<SafeText | undefined> {
	try {
		await remember(process.env, {theme: theme === 'light' ? 'light' : 'dark'});
		return undefined;
	} catch (error) {
		return (error as ConfigurationError).sentence;
	}
}

/**
 * Opens the dashboard on a cluster and resolves when it is left. The connection is opened, what is kept is read, and the first
 * rows are painted before Ink is loaded: loading takes longer than all of that.
 */
export async function showDashboard(showing: Showing, screen: Screen): Promise<number> {
	const {target, flags, demo} = showing;
	const cluster = readCluster(target, true);
	let session: Session | undefined;
	let leaving = Promise.resolve();
	try {
		const [{firstFrame, keysWith, looksFor, picturesOf, switching}, preferences, kept] = await Promise.all([
			import('../interface/shell/index.ts'),
			readPreferences(process.env),
			demo ?? keepingOf(target, process.env),
		]);
		const keys = keysWith(preferences.keys ?? {});
		if (typeof keys === 'string') throw new Complaint(say`${own(configurationFile(process.env))}: ${keys}`, 2);
		const theme = flags.theme ?? preferences.theme;
		const looks = looksFor({
			environment: process.env,
			ascii: flags.ascii === true,
			...(typeof theme === 'string' ? {theme} : {}),
		});
		const first = openSession({
			target,
			cluster,
			kept,
			demo: demo !== undefined,
			readOnly: flags['read-only'] === true,
			picturesOf,
		});
		session = first;
		const source = switching(first.source);
		await firstNews(first.world, 400);
		if (first.world.current().nodes.nodes.length < manyNodes) keepYoungGenerationSmall();
		screen.paint(size => firstFrame(source, looks[0], keys, size));
		const start = screen.speaks
			? (await import('../interface/reader/start.ts')).startReader
			: (await import('../interface/shell/start.ts')).startApp;
		const {painted} = screen;
		const here = (): Session => session ?? first;
		const goTo = async (choice: ContextChoice): Promise<SafeText | undefined> => {
			const {openContext} = await import('./contexts.ts');
			const opened = await openContext(choice, {flags, picturesOf});
			if ('refused' in opened) return opened.refused;
			const before = here();
			session = opened;
			source.to(opened.source);
			leaving = before.close();
			return undefined;
		};
		const doing = undertakingsOn({
			here,
			demo: demo?.settings,
			readOnly: flags['read-only'] === true,
			namedFile: demo !== undefined || flags.kubeconfig !== undefined,
		});
		const running = start({
			source,
			options: {
				looks,
				keys,
				painted,
				get kubectl() {
					return kubectlWords(here().target, showing);
				},
				// Not before: small, it would be collected again and again while everything is being loaded.
				onRender: keepYoungGenerationSmall,
				open: async where => (await import('./elsewhere.ts')).openElsewhere(here().target, where, process.env),
				remember: keepTheme,
				mark: (row, typed) => here().mark(row, typed),
				logs: (row, changed) => openLog(row, here().cluster, changed),
				writers: (row, changed) => openWriters(row, here().cluster, changed),
				contexts: async () =>
					demo !== undefined
						? own('The demo has one cluster.')
						: (await import('./contexts.ts')).contextsOf(flags, here().target),
				goTo,
				undertake: doing.undertake,
				hindrances: doing.hindrances,
				runbooks: doing.runbooks,
			},
		});
		// Not before somebody else listens: a signal that came while Ink was loading would be lost.
		screen.handOver();
		try {
			await running;
		} finally {
			for (const line of await doing.close()) process.stdout.write(`${line}\n`);
		}
		return 0;
	} finally {
		if (session === undefined) cluster.close();
		else await session.close();
		await leaving;
	}
}
