import {render} from 'ink-testing-library';
import {expect, test} from 'vitest';
import {HelpTable} from '../../../source/interface/widgets/help-table.tsx';
import {looksFor} from '../../../source/interface/widgets/look.ts';

const [look] = looksFor({environment: {TERM: 'xterm', NO_COLOR: '1'}});
const rows = [
	{keys: 'j k', does: 'one row down, up'},
	{keys: '?', does: 'these keys'},
];

test('draws keys beside what they do, without rules, on exactly its height', () => {
	const {lastFrame, unmount} = render(
		<HelpTable title="Keys" rows={rows} above={0} below={3} width={40} height={6} look={look} />,
	);
	const lines = (lastFrame() ?? '')
		.replaceAll(/\u001b\[\d+m/g, '')
		.split('\n')
		.map(line => line.trimEnd());
	expect(lines).toEqual([' Keys  ↓3 more', ' keys  does', ' j k   one row down, up', ' ?     these keys', '', '']);
	unmount();
});

test('draws nothing but its title where there is no room for more', () => {
	const {lastFrame, unmount} = render(<HelpTable title="Keys" rows={[]} above={0} below={0} width={10} height={1} look={look} />);
	expect(
		lastFrame()
			?.replaceAll(/\u001b\[\d+m/g, '')
			.trim(),
	).toBe('Keys');
	unmount();
});
