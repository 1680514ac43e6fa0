import type {CommandClass} from '../runbook.ts';

/** What is known of a program that is there to run another one. Data only. */
export type Wrapper = {
	/** Flags that take the next word, and those that do not; with any other, what it runs cannot be told. */
	readonly values?: string;
	readonly switches?: string;
	/** Words that are no flags before the command: a duration, a host. */
	readonly skips?: number;
	/** It may set variables first. */
	readonly assigns?: true;
	/** How it asks to be treated by itself, whatever it runs, and why. */
	readonly class?: CommandClass;
	readonly why?: string;
	/** It joins its words and has a shell read them again. */
	readonly joins?: true;
	/** It adds words of its own at the end. */
	readonly adds?: true;
	/** What it does without a command; missing: that is unknown. */
	readonly bare?: CommandClass;
};

const asRoot = {class: 'destructive', why: 'runs it as another user'} as const;

export const wrappers: Readonly<Record<string, Wrapper>> = {
	env: {values: '-u -C --unset --chdir', switches: '-i -u -C --ignore-environment', assigns: true},
	sudo: {values: '-u -g -h -p -C -T -r -t -D -R -U --user --group --host --chdir --prompt', assigns: true, ...asRoot},
	doas: {values: '-u -C', ...asRoot},
	timeout: {values: '-s -k --signal --kill-after', switches: '-v --foreground --preserve-status --verbose', skips: 1},
	nice: {values: '-n --adjustment'},
	ionice: {values: '-c -n --class --classdata', switches: '-t'},
	nohup: {},
	setsid: {switches: '-w -f -c --wait --fork'},
	stdbuf: {values: '-i -o -e --input --output --error'},
	time: {values: '-f --format', switches: '-p -v --portability --verbose', bare: 'reading'},
	command: {switches: '-p'},
	builtin: {},
	noglob: {},
	nocorrect: {},
	exec: {values: '-a', switches: '-c -l', bare: 'reading'},
	watch: {
		values: '-n -q --interval --equexit',
		switches: '-d -t -x -c -b -e -g -p -w --differences --no-title --exec --color --beep --errexit --chgexit --precise --no-wrap',
		joins: true,
	},
	xargs: {
		values: '-n -P -L -s -d -E -I -a --max-args --max-procs --max-lines --max-chars --delimiter --arg-file',
		switches: '-r -0 -t -x -i -l -e --no-run-if-empty --null --verbose --exit --replace',
		adds: true,
	},
	ssh: {
		values: '-b -c -D -E -e -F -I -i -J -L -l -m -O -o -p -Q -R -S -W -w -B',
		skips: 1,
		joins: true,
		class: 'destructive',
		why: 'runs it on another host',
	},
	flock: {
		values: '-w -E --timeout',
		switches: '-n -x -s -e --nonblock',
		skips: 1,
		class: 'changing',
		why: 'may make a file to lock',
	},
	chroot: {skips: 1},
	nsenter: {
		values: '-t --target -S -G',
		switches: '-m -u -i -n -p -C -U -T -a -F --mount --uts --ipc --net --pid --cgroup --user --time --all --no-fork',
	},
	'systemd-run': {values: '-p -u --unit --property', class: 'changing', why: 'starts a unit'},
};
