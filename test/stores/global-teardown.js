module.exports = async () => {
  await globalThis.stopStores?.();
};
