import {fromMarkdown} from 'mdast-util-from-markdown';
import {expect, test} from 'vitest';
import {markdownText} from '../../source/journal/markdown.ts';

const texts = [
	'drain nuc-1',
	'# none - of + this > 1. is',
	'- no item',
	'+ nor this',
	'> nor a quote',
	'12. nor a number',
	'3) nor this',
	'*not* __strong__ ~~nor~~ `code`',
	'[no](link) ![nor](image) <b>nor</b> <https://nor.example>',
	'a | b & &amp; \\ #',
	'--- --- ##',
];

test.each(texts)('%j is text, wherever it stands', text => {
	for (const before of ['', '# ', '- ', '> ', 'state: ']) {
		const tree = fromMarkdown(`${before}${markdownText(text)}`);
		const found: string[] = [];
		const look = (node: {readonly type: string; readonly value?: string; readonly children?: readonly object[]}) => {
			if (node.value !== undefined) found.push(`${node.type} ${node.value}`);
			for (const child of node.children ?? []) look(child as typeof node);
		};
		look(tree);
		expect(found).toEqual([`text ${before === 'state: ' ? before : ''}${text}`]);
	}
});

test('what needs none has no backslashes in it', () => {
	expect(markdownText('evict auth/authentik-postgresql-0: gone (in 3 s)!')).toBe(
		'evict auth/authentik-postgresql-0: gone (in 3 s)!',
	);
});
