import {expect, test} from 'vitest';
import {startApp} from '../../../source/interface/shell/start.ts';
import {ttyFor} from '../../../source/interface/shell/tty.ts';
import {looksFor} from '../../../source/interface/widgets/look.ts';
import {handSource} from '../../_helpers/sample-picture.ts';
import {openFakeTerminal} from '../../_helpers/terminal-fake.ts';

const enter = '\u001b[?1049h';
const wrapOff = '\u001b[?7l';
const leave = '\u001b[?7h\u001b[?1049l';
const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';

/** What reaches the terminal of what is written, one entry for each write. */
function written(painted: boolean, ...writes: readonly string[]): string {
	const {stdout, screen} = openFakeTerminal(40, 10);
	const tty = ttyFor(stdout, painted);
	for (const bytes of writes) {
		if (bytes === 'empty') tty.empty();
		else tty.stdout.write(bytes);
	}
	return screen.written();
}

test('synchronises large frames and not small ones', () => {
	const large = 'x'.repeat(600);
	expect(written(false, begin, 'small', end)).toBe('small');
	expect(written(false, begin, large, end)).toBe(begin + large + end);
	expect(written(false, begin, 'small', end, begin, large, end, begin, 'small', end)).toBe(`small${begin}${large}${end}small`);
});

test('never leaves the terminal waiting for the end of a frame', () => {
	expect(written(true, 'empty', begin, 'small', end)).toBe(`${begin}\u001b[H\u001b[Jsmall${end}`);
});

test('enters the alternate screen once, and homes', () => {
	expect(written(false, enter)).toBe(`${enter}\u001b[H${wrapOff}`);
	expect(written(true, enter)).toBe(wrapOff);
	expect(written(true, enter, '\u001b[?1049l', enter)).toBe(`${wrapOff}${leave}${enter}\u001b[H${wrapOff}`);
});

test('leaves a screen alone that is somebody else’s', () => {
	expect(written(false, 'empty')).toBe('');
	expect(written(true, '\u001b[?1049l', 'empty')).toBe(leave);
});

test('paints only the first frame over the skeleton', () => {
	expect(written(true, 'a\nb', 'a\nb')).toBe('\u001b[H\u001b[Ka\n\u001b[Kba\nb');
});

test('says in one sentence that it cannot read keys', async () => {
	const {stdout, stdin} = openFakeTerminal(40, 10);
	Object.assign(stdin, {isTTY: false});
	const looks = looksFor({environment: {TERM: 'xterm'}});
	const options = {looks, painted: true, kubectl: ['kubectl'], open: undefined, stdin, stdout, ownsProcess: false};
	await expect(startApp({source: handSource(), options})).rejects.toMatchObject({
		sentence: expect.stringContaining('no keys can be read'),
	});
});
