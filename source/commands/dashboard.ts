import {isScreen, type Screen} from './screen.ts';
import {showDashboard} from './show.ts';
import {chooseTarget} from './target.ts';

/** `midwatch`: the dashboard, or the snapshot where stdout is no screen. */
export async function run(argv: readonly string[], screen: Screen): Promise<number> {
	const {flags} = argv.length === 0 ? {flags: {}} : await (await import('./arguments.ts')).readArguments('', argv);
	const target = await chooseTarget(flags, isScreen(screen) ? 2 : 3);
	if (!isScreen(screen)) return (await import('./snapshot.ts')).printSnapshot(target, {flags, words: []});
	return showDashboard({target, flags}, screen);
}
