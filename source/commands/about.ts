import {readArguments} from './arguments.ts';
import {json} from './data.ts';
import {lookOnce, type Once} from './once.ts';
import {blindLines, glyphsFor, headLine, plainTable, plainText} from './plain.ts';
import {type Found, sourcesOf, sourcesView} from './sources.ts';
import {type Surroundings, surroundingLines, surroundingsOf} from './surroundings.ts';
import {chooseTarget} from './target.ts';

const iso = (at: number | undefined): string | undefined => (at === undefined ? undefined : new Date(at).toISOString());

function dataOf({head}: Once, about: Surroundings, found: readonly Found[]): object {
	return {
		schema: 'midwatch.about/1',
		...head,
		...about,
		certificates: about.certificates.map(({what, expiresAt}) => ({what, expires: iso(expiresAt)})),
		lastKnown: {file: about.lastKnown.file, seen: iso(about.lastKnown.seenAt)},
		sources: found,
	};
}

/** `midwatch about`: prints what was found on a cluster, at which versions, and which of it answers. Never a secret. */
export async function run(argv: readonly string[]): Promise<number> {
	const {flags} = await readArguments('about', argv);
	const target = await chooseTarget(flags, 3);
	return lookOnce(target, flags, async seen => {
		const [found, about] = await Promise.all([sourcesOf(seen), surroundingsOf(seen, target)]);
		const glyphs = glyphsFor(flags);
		const parts = () => [
			headLine(seen.head, glyphs),
			surroundingLines(about, seen.now),
			...(seen.nothing
				? blindLines(seen.blind, glyphs)
				: [plainTable('Sources', sourcesView(found, seen.now), glyphs, seen.now)]),
		];
		process.stdout.write(flags.output === 'json' ? json(dataOf(seen, about, found)) : plainText(parts(), glyphs));
		return seen.head.exit;
	});
}
