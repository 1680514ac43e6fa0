import {Box, Text, useApp, useInput, usePaste, useStdin, useStdout} from 'ink';
import {createElement, Fragment, memo, type ReactNode, useEffect, useMemo, useSyncExternalStore} from 'react';
import {HelpTable} from '../widgets/help-table.tsx';
import {pressesOf} from './chord.ts';
import type {Controller} from './controller.ts';
import {type GivingAway, givingAway} from './giving-away.ts';
import type {Stage} from './reach.ts';

/** One line of the screen. Renders again only when its text is another. */
const Line = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text === '' ? ' ' : text}</Text>);
Line.displayName = 'Line';

const drawLine = (text: string): ReactNode => createElement(Line, {text});

/** Lines below each other. They have no identity but their place, so they are children by position, without keys. */
function Lines({lines}: {readonly lines: readonly string[]}): ReactNode {
	return createElement(Fragment, null, ...lines.map(drawLine));
}

export type AppProps = {
	readonly controller: Controller;
	/** Stops the whole job; `away` gives the terminal away. */
	readonly stop: (away: Stage['away']) => void;
	/** Called once Ink runs, with what gives the terminal away. */
	readonly onReady: (giving: GivingAway) => void;
};

/** The whole screen: the controller's scene as lines, and its keys. */
export function App({controller, stop, onReady}: AppProps): ReactNode {
	const {exit, suspendTerminal} = useApp();
	const {stdin} = useStdin();
	const {stdout} = useStdout();
	const scene = useSyncExternalStore(controller.subscribe, controller.scene);
	const giving = useMemo(() => givingAway(suspendTerminal, stdin), [suspendTerminal, stdin]);
	const stage = useMemo<Stage>(() => {
		const {away} = giving;
		return {away, leave: () => exit(), write: bytes => void stdout.write(bytes), stop: () => stop(away)};
	}, [exit, giving, stdout, stop]);
	useEffect(() => onReady(giving), [onReady, giving]);
	useInput((input, key) => {
		for (const press of pressesOf(input, key)) controller.press(press, stage);
	});
	usePaste(controller.paste);
	return (
		<Box flexDirection="column">
			<Lines lines={scene.lines} />
			{scene.help !== undefined && <HelpTable title="Keys" {...scene.help} look={controller.look()} />}
			<Lines lines={scene.below} />
		</Box>
	);
}
