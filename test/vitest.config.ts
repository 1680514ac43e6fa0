import {fileURLToPath} from 'node:url';
import {defineConfig} from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

// The machines that test every change are shared: what real terminals and servers miss there once is asked again, once.
// A counterexample that a property test has found is none of their doing, and counts the first time.
const retry = process.env.CI === undefined ? 0 : {count: 1, condition: /^(?!Property failed)/};

export default defineConfig({
	root,
	test: {
		projects: [
			{
				root,
				test: {
					name: 'fast',
					retry,
					include: ['test/**/*.test.{ts,tsx}'],
					exclude: ['test/control-plane/**'],
					testTimeout: 30_000,
					hookTimeout: 30_000,
					// Ink takes a terminal under CI for none; these tests have their own terminals.
					env: {CI: '', NODE_ENV: 'test'},
				},
			},
			{
				root,
				test: {
					name: 'single',
					retry,
					include: ['test/commands/*.test.ts'],
					testTimeout: 30_000,
					hookTimeout: 30_000,
					env: {CI: '', NODE_ENV: 'test', MIDWATCH_PROGRAM: `${root}release/midwatch-${process.platform}-${process.arch}`},
				},
			},
			{
				root,
				test: {
					name: 'cluster',
					retry,
					include: ['test/control-plane/**/*.test.{ts,tsx}'],
					globalSetup: 'test/control-plane/setup.ts',
					fileParallelism: false,
					testTimeout: 120_000,
					hookTimeout: 180_000,
					env: {CI: ''},
				},
			},
		],
	},
});
