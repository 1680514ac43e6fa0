import type {System} from '../cluster/kind.ts';
import {endpointsKind} from '../workloads/endpoints.ts';
import {apiServices} from './api-service.ts';
import {coreConfig} from './core-config.ts';
import {webhooks} from './webhook.ts';

/** What answers for a service. */
const endpoints: System = {id: 'endpoints', title: 'Endpoints', required: false, kinds: [endpointsKind]};

/** The systems the platform view is read from, beside the pods and the line itself. */
export const platformSystems: readonly System[] = [endpoints, webhooks, apiServices, coreConfig];
