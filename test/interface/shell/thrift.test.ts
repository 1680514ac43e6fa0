import fc from 'fast-check';
import {expect, test} from 'vitest';
import {thrifty} from '../../../source/interface/shell/thrift.ts';
import {openTerminal} from '../../_helpers/terminal.ts';

const sgr = fc
	.constantFrom('39', '31', '91', '38;5;203', '38;2;1;2;3', '1', '22', '7', '27', '4', '0', '48;5;17')
	.map(code => `\u001b[${code}m`);
const chunk = fc.oneof(
	{weight: 5, arbitrary: sgr},
	{weight: 2, arbitrary: fc.constant('\u001b[E')},
	{weight: 3, arbitrary: fc.constantFrom('a', 'bc', ' ', '界', '\n')},
	{weight: 1, arbitrary: fc.constantFrom('\u001b[5G', '\u001b[K', '\u001b[3A', '\u001b[H')},
);

test('leaves the same screen in no more bytes', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(chunk, {maxLength: 60}), async chunks => {
			const bytes = chunks.join('').replaceAll('\n', '\r\n');
			const [plain, thriftier] = [openTerminal(20, 8), openTerminal(20, 8)];
			await plain.write(bytes);
			await thriftier.write(thrifty(bytes));
			expect(thrifty(bytes).length).toBeLessThanOrEqual(bytes.length);
			for (let y = 0; y < 8; y++) expect(thriftier.cells(y)).toEqual(plain.cells(y));
			expect(thriftier.state()).toEqual(plain.state());
		}),
		{numRuns: 150},
	);
});

test('says steps down and styles once', () => {
	expect(thrifty('\u001b[E\u001b[E\u001b[E')).toBe('\u001b[3E');
	expect(thrifty('\u001b[39m\u001b[38;5;1m\u001b[39m\u001b[38;5;2ma')).toBe('\u001b[38;5;2ma');
	expect(thrifty('\u001b[1m\u001b[38;5;1m\u001b[22ma')).toBe('\u001b[38;5;1m\u001b[22ma');
	expect(thrifty('\u001b[4m\u001b[39ma')).toBe('\u001b[4m\u001b[39ma');
});
