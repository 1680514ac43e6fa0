import {Box, Text} from 'ink';
import {Table} from 'ink-table';
import {createContext, type ReactNode, use} from 'react';
import type {Look} from './look.ts';
import {hidden} from './piece.ts';

/** One line of the help. */
export type HelpRow = {readonly keys: string; readonly does: string};

type Props = {
	readonly title: string;
	readonly rows: readonly HelpRow[];
	/** How many rows are hidden above and below these. */
	readonly above: number;
	readonly below: number;
	readonly width: number;
	readonly height: number;
	readonly look: Look;
};

type CellProps = {readonly column?: number; readonly children?: ReactNode};

const PaintContext = createContext<Look['paint']>((_, text) => text);

function Cell({column, children}: CellProps): ReactNode {
	const paint = use(PaintContext);
	return <Text wrap="truncate">{column === 0 && typeof children === 'string' ? paint('focus', children) : children}</Text>;
}

function Heading({children}: CellProps): ReactNode {
	const paint = use(PaintContext);
	return <Text wrap="truncate">{typeof children === 'string' ? paint('muted', children) : children}</Text>;
}

/** ink-table would draw a rule below every line. */
function NoRule(): ReactNode {
	return null;
}

/** A table of two columns without rules, below a title; exactly `height` lines. */
export function HelpTable({title, rows, above, below, width, height, look}: Props): ReactNode {
	return (
		<PaintContext value={look.paint}>
			<Box flexDirection="column" width={width} height={height} overflow="hidden">
				<Text wrap="truncate">{` ${look.strong(title)}  ${hidden(look, above, below).text}`}</Text>
				{rows.length > 0 && (
					<Table data={rows.map(row => ({...row}))} columns={['keys', 'does']} cell={Cell} header={Heading} skeleton={NoRule} />
				)}
			</Box>
		</PaintContext>
	);
}
