package io.shardquake.harness.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.shardquake.harness.target.ServerDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What servers of a generation promise. The differences are data ({@code profiles.json}); tests ask
 * a profile, never a server for its version.
 *
 * @param name as on the command line ({@code redis-7})
 * @param about for which servers it is meant
 * @param notPromised promises that it does not make, by identifier, each with the reason
 * @param numbers what differs in figures, by name
 */
public record Profile(
    String name,
    String about,
    SortedMap<String, String> notPromised,
    SortedMap<String, Long> numbers) {

  /** All profiles of this build. */
  public static List<Profile> all() {
    List<Profile> profiles = new ArrayList<>();
    for (JsonNode entry : Promises.resource("profiles.json")) {
      SortedMap<String, Long> numbers = new TreeMap<>();
      entry
          .get("numbers")
          .properties()
          .forEach(number -> numbers.put(number.getKey(), number.getValue().longValue()));
      profiles.add(
          new Profile(
              entry.get("name").textValue(),
              entry.get("about").textValue(),
              Promises.texts(entry.get("notPromised")),
              numbers));
    }
    return List.copyOf(profiles);
  }

  /**
   * The profile of this name.
   *
   * @throws IllegalArgumentException with one line for the user if there is none
   */
  public static Profile named(String name) {
    List<Profile> all = all();
    return all.stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no profile is called '"
                        + name
                        + "' (there are "
                        + String.join(", ", all.stream().map(Profile::name).toList())
                        + ")"));
  }

  /**
   * The profile that a server is held to when nobody says which: its product's and generation's.
   */
  public static Profile usualFor(ServerDescription server) {
    int major = Integer.parseInt(("0" + server.version()).replaceFirst("^0?(\\d+).*", "$1"));
    if (server.product().equals("valkey")) {
      return named(major >= 9 ? "valkey-9" : major == 8 ? "valkey-8" : "redis-7");
    }
    return named(server.product().equals("redis") && major < 7 ? "redis-6" : "redis-7");
  }

  /** Why it does not make this promise; empty if it does. */
  public Optional<String> notPromised(String id) {
    return Optional.ofNullable(notPromised.get(id));
  }

  /** A figure that differs from profile to profile. */
  public long number(String key) {
    return Optional.ofNullable(numbers.get(key))
        .orElseThrow(
            () -> new IllegalArgumentException("the profile " + name + " says nothing of " + key));
  }
}
