import type {Scenario} from '../model.ts';

/** The only control plane is off: nobody answers, whatever the workers still do. */
export const controlPlaneGone: Scenario = {
	id: 'control-plane-gone',
	title: 'The only control plane is gone',
	description: 'the API server has refused every connection for a quarter of an hour, and goes on to do so',
	worlds: ['talos-ceph'],
	steps: [{at: -900, what: 'control-1 is off', act: ({server}) => Object.assign(server, {refuse: true})}],
};
