/**
 * The dashboard on a sample picture, for looking at it. Node cannot read TSX, so it is bundled first:
 *
 *     npx esbuild test/_helpers/look-at-it.ts --bundle --platform=node --format=esm --packages=external --outfile=.cache/look-at-it.js
 *     node .cache/look-at-it.js [incident|loading|cutOff] [--ascii] [--still]
 *
 * CPU figures move every second. Not shipped.
 */
import {spawn} from 'node:child_process';
import {skeleton} from '../../source/interface/shell/skeleton.ts';
import {looksFor} from '../../source/interface/widgets/look.ts';
import {own} from '../../source/vocabulary.ts';
import {cutOff, handSource, incident, loading, nodes} from './sample-picture.ts';

const pictures = {incident, loading, cutOff};
const name = process.argv[2] ?? 'incident';
const first = name in pictures ? pictures[name as keyof typeof pictures] : incident;
const options = {environment: process.env, ascii: process.argv.includes('--ascii')};
process.stdout.write(skeleton({...options, columns: process.stdout.columns, rows: process.stdout.rows, demo: true}));
const {startApp} = await import('../../source/interface/shell/start.ts');
const source = handSource(first);
if (!process.argv.includes('--still')) {
	let tick = 0;
	setInterval(() => {
		tick += 1;
		const rows = nodes.rows.map((row, at) =>
			at === tick % nodes.rows.length
				? {...row, cells: row.cells.map((cell, column) => (column === 3 ? {...cell, text: own(`${(tick * 7) % 90}`)} : cell))}
				: row,
		);
		source.show({...first, panes: {...first.panes, nodes: {...nodes, ...first.panes.nodes, rows}}});
	}, 1000).unref();
}
await startApp({
	source,
	options: {
		looks: looksFor(options),
		kubectl: ['kubectl', '--context', 'homelab'],
		painted: true,
		open: async () => {
			await new Promise<void>(resolve => spawn(process.env.SHELL ?? 'sh', {stdio: 'inherit'}).once('exit', () => resolve()));
			return undefined;
		},
	},
});
process.exit(0);
