package io.shardquake.checkers.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CLUSTER INFO reply.
 *
 * @param ok whether {@code cluster_state} is ok
 * @param slotsAssigned slots with an owner
 * @param slotsOk of these, with an owner that is neither PFAIL nor FAIL
 * @param slotsPfail of these, with an owner that is PFAIL
 * @param slotsFail of these, with an owner that is FAIL
 * @param knownNodes with the observer and those in handshake
 * @param size masters that own slots
 * @param currentEpoch the greatest epoch the observer has seen
 * @param myEpoch the observer's config epoch, or its master's
 * @param fields every line of the reply, by name
 */
public record ClusterInfo(
    boolean ok,
    int slotsAssigned,
    int slotsOk,
    int slotsPfail,
    int slotsFail,
    int knownNodes,
    int size,
    long currentEpoch,
    long myEpoch,
    Map<String, String> fields) {

  public ClusterInfo {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * Reads the reply. A number that it does not have counts as 0.
   *
   * @throws IllegalArgumentException if there is no {@code cluster_state}, or a number is none
   */
  public static ClusterInfo parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    text.lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
              }
            });
    String state = fields.get("cluster_state");
    if (state == null) {
      throw new IllegalArgumentException("the CLUSTER INFO reply has no cluster_state");
    }
    return new ClusterInfo(
        state.equals("ok"),
        count(fields, "cluster_slots_assigned"),
        count(fields, "cluster_slots_ok"),
        count(fields, "cluster_slots_pfail"),
        count(fields, "cluster_slots_fail"),
        count(fields, "cluster_known_nodes"),
        count(fields, "cluster_size"),
        number(fields, "cluster_current_epoch"),
        number(fields, "cluster_my_epoch"),
        fields);
  }

  private static int count(Map<String, String> fields, String name) {
    long number = number(fields, name);
    if (number != (int) number) {
      throw new IllegalArgumentException(name + " is out of range: " + number);
    }
    return (int) number;
  }

  private static long number(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "0");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(name + " is no number: '" + text + "'", notANumber);
    }
  }
}
