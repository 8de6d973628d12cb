// The part of WebAssembly's JavaScript interface that the kernel uses. It is a global of Node, but typed only in the DOM
// library, which would let browser globals into every other file.

declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: Record<string, unknown>;
  }
  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
}
