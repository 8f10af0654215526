package io.shardquake.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users that are kept in a file. */
final class AclFileIT {
  @TempDir private Path directory;

  @Test
  void keepsUsersInAFileOfTheirOwn() throws Exception {
    Path file = Files.writeString(directory.resolve("users.acl"), "user bob on >secret ~b* +get\n");
    try (NodeProcess node = NodeProcess.start(directory, "--aclfile", "users.acl");
        Wire admin = new Wire(node.port());
        Wire bob = new Wire(node.port())) {
      assertThat(bob.ask("AUTH", "bob", "secret").text()).isEqualTo("OK");
      assertThat(bob.ask("SET", "b", "1").text()).startsWith("NOPERM ");
      admin.ask("ACL", "SETUSER", "bob", "+set");
      admin.ask("ACL", "SETUSER", "eve", "on", "nopass", "(+get ~e)");
      assertThat(admin.ask("ACL", "SAVE").text()).isEqualTo("OK");
      assertThat(Files.readString(file)).contains("user eve on nopass", "+set", "user default on");

      Files.writeString(file, "user bob on nopass\nuser bob off\nnonsense\n");
      assertThat(admin.ask("ACL", "LOAD").text())
          .contains("users.acl:2: Duplicate user 'bob' found.", "users.acl:3: line should start")
          .endsWith("no change to the previously active ACL rules was performed");
      assertThat(admin.ask("ACL", "USERS").texts()).containsExactly("bob", "default", "eve");
      assertThat(bob.ask("SET", "b", "1").text()).isEqualTo("OK");

      Files.writeString(file, "user ann on nopass ~* +@all\n");
      assertThat(admin.ask("ACL", "LOAD").text()).isEqualTo("OK");
      assertThat(admin.ask("ACL", "USERS").texts()).containsExactly("ann", "default");
      assertThatThrownBy(() -> bob.ask("PING")).isInstanceOf(IOException.class);
    }
    try (NodeProcess node = NodeProcess.start(directory, "--aclfile", "users.acl");
        Wire admin = new Wire(node.port())) {
      assertThat(admin.ask("ACL", "USERS").texts()).containsExactly("ann", "default");
    }
    Files.writeString(file, "user bob +nosuch\n");
    assertThatThrownBy(() -> NodeProcess.start(directory, "--aclfile", "users.acl"))
        .hasMessageContaining("users.acl:1: ");
  }

  @Test
  void keepsUsersInTheConfigurationFile() throws Exception {
    Path file = Files.writeString(directory.resolve("node.conf"), "user bob on nopass ~b* +get\n");
    String users;
    try (NodeProcess node = NodeProcess.startWithFile(directory, file);
        Wire admin = new Wire(node.port())) {
      admin.ask("ACL", "SETUSER", "eve", "on", ">secret", "+@all", "-@dangerous");
      users = admin.ask("ACL", "LIST").toString();
      assertThat(admin.ask("CONFIG", "REWRITE").text()).isEqualTo("OK");
    }
    try (NodeProcess node = NodeProcess.startWithFile(directory, file);
        Wire admin = new Wire(node.port())) {
      assertThat(admin.ask("ACL", "LIST")).hasToString(users);
    }
  }
}
