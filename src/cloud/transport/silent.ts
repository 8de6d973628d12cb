// Stands in for the `debug` package below Alibaba Cloud's SDK (scripts/virtual-modules.mjs puts it there): with DEBUG set, the
// SDK would print what it signs for a role's session, the ID and the security token among it.

const say = (): void => {};

const silent = (): (() => void) => say;

export default silent;
