package io.shardquake.node.core.value;

import io.shardquake.node.core.config.Configuration;

/**
 * How large collections may grow in their compact forms before they become tables; such a step is
 * never taken back.
 *
 * @param hashEntries most fields of a compact hash
 * @param hashValue longest field or value of a compact hash, in bytes
 * @param sortedSetEntries most members of a compact sorted set
 * @param sortedSetValue longest member of a compact sorted set, in bytes
 * @param intsetEntries most members of a set of whole numbers
 * @param hashSeed seeds the tables, so that nobody outside can choose which keys collide
 */
public record EncodingLimits(
    int hashEntries,
    int hashValue,
    int sortedSetEntries,
    int sortedSetValue,
    int intsetEntries,
    int hashSeed) {

  /** The limits as configured now. */
  public static EncodingLimits of(Configuration configuration, int hashSeed) {
    return new EncodingLimits(
        (int) configuration.number("hash-max-listpack-entries"),
        (int) configuration.number("hash-max-listpack-value"),
        (int) configuration.number("zset-max-listpack-entries"),
        (int) configuration.number("zset-max-listpack-value"),
        (int) configuration.number("set-max-intset-entries"),
        hashSeed);
  }
}
