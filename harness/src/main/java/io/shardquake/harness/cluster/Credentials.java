package io.shardquake.harness.cluster;

import java.util.List;
import java.util.Optional;

/**
 * What a server wants to be told before it answers.
 *
 * @param user empty for the default user, which servers before 6.0 know no other than
 * @param password the user's
 */
public record Credentials(Optional<String> user, String password) {
  /** As options of MIGRATE, for the server that the keys go to. */
  List<String> forMigrate() {
    return user.map(name -> List.of("AUTH2", name, password))
        .orElseGet(() -> List.of("AUTH", password));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user.orElse("default");
  }
}
