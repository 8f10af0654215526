package io.shardquake.faults.network;

/**
 * What has become of the bytes of a direction since the proxy was started; all of these only grow.
 *
 * @param passed bytes that went through, also late or corrupted
 * @param dropped pieces that arrived while they could not pass, and connections that were not let
 *     through: what proves that a drop bit
 * @param swallowed bytes that were thrown away
 * @param corrupted bits that were inverted
 * @param delayed pieces that were held back for some time
 * @param resets connections that were reset because of an impairment
 * @param duplicated connections that were made twice
 */
public record Traffic(
    long passed,
    long dropped,
    long swallowed,
    long corrupted,
    long delayed,
    long resets,
    long duplicated) {}
