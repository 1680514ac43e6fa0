/**
 * `npm run bench`: measures the built program against a real API server, prints a table, writes JSON, and exits 1 where a
 * figure is over its ceiling. `-- --short` leaves out the large cluster and the long waits; `-- --json FILE` says where to write.
 */
import {mkdir, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {type ControlPlane, startControlPlane} from '../control-plane/start.ts';
import {type Budget, type BudgetId, budgets} from './budgets.ts';
import {hands} from './hands.ts';
import {largeCluster} from './large-cluster.ts';
import {residentMiB} from './proc.ts';
import {bareMemory, dashboard, hungShownAfter, idleBytes, isLive, rowBytes, startUp} from './small-cluster.ts';

const {values: asked} = parseArgs({
	options: {short: {type: 'boolean', default: false}, json: {type: 'string', default: '.cache/bench.json'}},
});

type Measured = Partial<Record<BudgetId, number>>;

async function smallCluster(control: ControlPlane, short: boolean) {
	await control.applyCrds();
	await control.addNodes(8);
	const {median, least} = await startUp(control, short ? 7 : 11);
	const memoryOfNode = await bareMemory();
	const open = dashboard(control.kubeconfig);
	await open.shows(isLive);
	await pause(short ? 15_000 : 60_000);
	const startUps = (of: typeof median): Measured => ({
		help: of.help,
		version: of.version,
		'first-text': of.text,
		'first-row': of.row,
		'all-panes': of.all,
		'plugin-row': of.withPlugin,
		check: of.check,
	});
	const measured: Measured = {
		...startUps(median),
		memory: residentMiB(open.pid),
		'idle-bytes': await idleBytes(open, short ? 10 : 30),
		'row-bytes': await rowBytes(open, control),
		hung: await hungShownAfter(open, control),
	};
	await open.end();
	const yardsticksOf = (of: typeof median) => ({
		'node -e 0': of.node,
		'kubectl get nodes': of.kubectl,
		'five times kubectl': of.fiveKubectl,
		'memory of node': memoryOfNode,
	});
	return {
		measured,
		yardsticks: yardsticksOf(median),
		fastest: {measured: startUps(least), yardsticks: yardsticksOf(least)},
	};
}

type Run = {readonly measured: Measured; readonly yardsticks: Readonly<Record<string, number>>};

/** A figure beside its promise. Its ratio is that of the fastest runs, where there were several. */
function judge(budget: Budget & {readonly id: BudgetId}, {measured, yardsticks}: Run, fastest: Run) {
	const value = measured[budget.id];
	if (value === undefined) return [];
	const by =
		budget.yardstick === undefined
			? undefined
			: (fastest.measured[budget.id] === undefined ? yardsticks : fastest.yardsticks)[budget.yardstick];
	const ratio = by === undefined ? undefined : (fastest.measured[budget.id] ?? value) / by;
	return [{...budget, value, ...(ratio === undefined ? {} : {ratio}), over: (ratio ?? value) > budget.ceiling}];
}

function round(value: number): string {
	if (value >= 100 || Number.isInteger(value)) return value.toFixed(0);
	return value.toFixed(value < 10 ? 2 : 1);
}

function print(verdicts: ReturnType<typeof judge>, yardsticks: Readonly<Record<string, number>>): void {
	const rows = verdicts.map(({what, value, unit, promised, ratio, yardstick, ceiling, over}) => [
		over ? 'OVER' : 'ok',
		what,
		`${round(value)} ${unit}`,
		`${round(promised)} ${unit}`,
		ratio === undefined ? '' : `${ratio.toFixed(2)} × ${yardstick}`,
		ratio === undefined ? '' : `≤ ${ceiling}`,
	]);
	const table = [['', 'what', 'measured', 'promised', 'ratio', 'ceiling'], ...rows];
	const widths = [0, 1, 2, 3, 4, 5].map(column => Math.max(...table.map(row => row[column]?.length ?? 0)));
	for (const row of table)
		console.log(
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		);
	console.log(
		`\nyardsticks of this run: ${Object.entries(yardsticks)
			.map(([name, value]) => `${name} ${round(value)}`)
			.join(', ')}`,
	);
}

const control = await startControlPlane();
// Nobody's own files are read, nor written to.
process.env.HOME = control.directory;
try {
	const {measured: small, yardsticks, fastest} = await smallCluster(control, asked.short);
	const {measured: acting, reported: reportedOfActing} = await hands(control, asked.short);
	const {large, reported: reportedOfLarge} = asked.short ? {large: {}, reported: {}} : await largeCluster();
	const measured: Measured = {...small, ...acting, ...large};
	const reported = {...reportedOfActing, ...reportedOfLarge};
	const verdicts = budgets.flatMap(budget => judge(budget, {measured, yardsticks}, fastest));
	print(verdicts, yardsticks);
	for (const [what, value] of Object.entries(reported)) console.log(`reported: ${what} ${round(value)}`);
	await mkdir(dirname(asked.json), {recursive: true});
	await writeFile(asked.json, `${JSON.stringify({yardsticks, verdicts, reported}, undefined, '\t')}\n`);
	const missing = budgets.filter(budget => !(asked.short && 'long' in budget) && measured[budget.id] === undefined);
	for (const {what} of missing) console.log(`not measured: ${what}`);
	if (missing.length > 0 || verdicts.some(({over}) => over)) process.exitCode = 1;
} finally {
	await control.stop();
}
