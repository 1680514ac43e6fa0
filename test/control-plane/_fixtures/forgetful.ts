import {join} from 'node:path';
import {startKeeper} from '../keeper.ts';
import {prepare} from '../process.ts';

/** Starts a program under a keeper, says where and who it is, and then ends in the way that is named, without stopping it. */
const keeper = await startKeeper();
const sleeper = prepare(
	{
		name: 'sleeper',
		file: 'sh',
		args: ['-c', 'while sleep 1; do :; done', keeper.directory],
		log: join(keeper.directory, 'log'),
		isReady: async () => {},
	},
	keeper,
);
await sleeper.start();
process.stdout.write(`${keeper.directory} ${sleeper.pid()}\n`);

const [, , ending] = process.argv;
if (ending === 'throw') throw new Error('on purpose');
if (ending === 'signal') setInterval(() => {}, 1000);
