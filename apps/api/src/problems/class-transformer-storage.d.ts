/** What `@Type` has noted: the package has it, and types for it, and no entry that joins the two. */
declare module 'class-transformer/cjs/storage' {
  export const defaultMetadataStorage: {
    findTypeMetadata(
      target: abstract new (...args: never[]) => unknown,
      property: string,
    ): { typeFunction(): unknown } | undefined;
  };
}
