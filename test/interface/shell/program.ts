/** The dashboard on a sample picture, as a process of its own: what the tests of the terminal start. Breaks when told to. */
import {spawn} from 'node:child_process';
import {skeleton} from '../../../source/interface/shell/skeleton.ts';
import {startApp} from '../../../source/interface/shell/start.ts';
import {looksFor} from '../../../source/interface/widgets/look.ts';
import {handSource} from '../../_helpers/sample-picture.ts';

const painted = process.env.PAINTED === 'yes';
const {columns, rows} = process.stdout;
if (painted) process.stdout.write(skeleton({environment: process.env, columns, rows}));
process.stdout.on('error', () => {});
process.on('uncaughtException', error => {
	process.stderr.write(`It broke: ${error.message}\n`);
	process.exit(1);
});
if (process.env.BREAKS === 'yes')
	process.on('SIGUSR2', () =>
		setTimeout(() => {
			throw new Error('on purpose');
		}),
	);

const open = () =>
	new Promise<undefined>(resolve =>
		spawn('sh', ['-c', 'echo in the shell; read line; echo got $line'], {stdio: 'inherit'}).once('exit', () =>
			resolve(undefined),
		),
	);

await startApp({
	source: handSource(),
	options: {looks: looksFor({environment: process.env}), kubectl: ['kubectl'], painted, open},
});
process.stdout.write('after the dashboard\n');
process.exit(0);
