import {mkdir} from 'node:fs/promises';
import type {Pty} from '../_helpers/pty.ts';
import {type Home, newHome} from './program.ts';
import {type Served, serve} from './served.ts';

/** A cluster that stands still, and somebody at home who has runbooks of their own. */
export type Shelf = {
	readonly home: Home;
	readonly cluster: Served;
	/** The dashboard at 80×24, once it is live. */
	readonly open: (args?: readonly string[], environment?: Readonly<Record<string, string>>) => Promise<Pty>;
	/** Opens one of the runbooks from the palette, and walks it from its first step. */
	readonly walk: (pty: Pty, id: string) => Promise<void>;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** Puts runbooks where a user's are, by their ids. */
export async function newShelf(runbooks: Readonly<Record<string, string>>): Promise<Shelf> {
	const home = await newHome();
	const cluster = await serve('calm');
	await mkdir(`${home.folder}/.config/midwatch/runbooks`, {recursive: true});
	for (const [id, text] of Object.entries(runbooks)) await home.put(`.config/midwatch/runbooks/${id}.md`, text);
	return {
		home,
		cluster,
		open: async (args = [], environment = {}) => {
			const pty = home.open(['--kubeconfig', cluster.kubeconfig, ...args], {columns: 80, rows: 24, environment});
			await pty.shows('● live');
			await pty.hides('loading');
			return pty;
		},
		walk: async (pty, id) => {
			pty.type(':');
			await pty.shows('┏ Do or open');
			pty.type(`runbook ${id}`);
			await pty.shows(new RegExp(`▸ runbook ${id}`));
			pty.press('enter');
			await pty.shows(`┏ ${id}: `);
			pty.press('enter');
			await pty.shows(`┏ ${id} 1/`);
		},
		[Symbol.asyncDispose]: async () => {
			await cluster[Symbol.asyncDispose]();
			await home[Symbol.asyncDispose]();
		},
	};
}
