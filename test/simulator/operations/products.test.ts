import { describe, expect, it } from 'vitest';
import { type OperationName, operationOf, operations, partsOf } from '../../../src/cloud/operations.js';
import { products } from '../../../src/simulator/operations/products.js';

describe('the simulated operations', () => {
  it.each(Object.keys(operations) as OperationName[])('have %s, under the same grant and no smaller quota', (name) => {
    const { service, action } = partsOf(name);
    const product = [...products.values()].find((candidate) => candidate.name.toLowerCase() === service);
    const { permission, quota } = operationOf(name);
    const simulated = product?.operations[action];
    if (simulated === undefined) {
      // Without a signature there is nobody to grant anything to.
      expect([product?.open?.[action], permission]).toEqual([expect.any(Function), null]);
      return;
    }
    expect([simulated.permission, simulated.permissionToo]).toContain(permission);
    expect(simulated.quota ?? 100).toBeGreaterThanOrEqual(quota);
  });
});
