import {expect, test} from 'vitest';
import {alertAfterColon, alertAlone, kindOf} from '../../../source/runbooks/parse/heading.ts';

test.each([
	['Meaning', 'meaning'],
	['Overview', 'meaning'],
	['What does this alert mean?', 'meaning'],
	['Impact', 'impact'],
	['User impact:', 'impact'],
	['Diagnosis', 'diagnosis'],
	['1. Diagnosis', 'diagnosis'],
	['2) Triage', 'diagnosis'],
	['🔍 Investigation Steps:', 'diagnosis'],
	['Initial checks', 'diagnosis'],
	['Troubleshooting', 'diagnosis'],
	['Root cause analysis', 'diagnosis'],
	['Step 1: Check the node', 'diagnosis'],
	['Common Causes:', 'causes'],
	['Possible causes', 'causes'],
	['Root Cause', 'causes'],
	['Mitigation', 'mitigation'],
	['Remediation:', 'mitigation'],
	['Resolution', 'mitigation'],
	['How to fix it', 'mitigation'],
	['Immediate actions', 'mitigation'],
	['3.2 Recovery', 'mitigation'],
	['Verification', 'verification'],
	['Post-incident checks', 'verification'],
	['Validate the fix', 'verification'],
	['Prerequisites', 'preparation'],
	['Before you begin', 'preparation'],
	['References', undefined],
	['KubeNodeNotReady', undefined],
	['Longhorn', undefined],
])('%s is for %s', (heading, kind) => {
	expect(kindOf(heading)).toBe(kind);
});

test.each([
	['Alert: CephClusterHealthWarning', 'CephClusterHealthWarning'],
	['Alert – `NodeDown`', 'NodeDown'],
	['ALERT: node_down', 'node_down'],
	['Alerting rules', undefined],
	['Alert', undefined],
])('%s names %s', (heading, alert) => {
	expect(alertAfterColon(heading)).toBe(alert);
});

test.each([
	['KubeNodeNotReady', 'KubeNodeNotReady'],
	['etcdNoLeader', 'etcdNoLeader'],
	['Node failure', undefined],
	['Diagnosis', undefined],
	['README', undefined],
])('%s alone names %s', (heading, alert) => {
	expect(alertAlone(heading)).toBe(alert);
});
