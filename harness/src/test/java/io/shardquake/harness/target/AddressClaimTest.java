package io.shardquake.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AddressClaimTest {
  private final FreeAddresses addresses =
      new FreeAddresses(FreeAddresses::canListen, new SplittableRandom(1));

  @Test
  void theAddressOfANodeThatIsDownIsNotFreeForOtherRuns(@TempDir Path directory) throws Exception {
    NodePlace place = addresses.choose(1, 0, ClusterOptions.Wiring.DIRECT).get(0);
    NodeLaunch launch =
        new NodeLaunch(
            "n1", place, List.of("true"), Map.of(), directory, directory.resolve("n1.log"));
    try (ProcessGroup group =
        ProcessGroup.open(directory, DetachedCommand.foundOn(System.getenv("PATH")))) {
      group.add(launch);

      assertThat(addresses.choose(1, 0, ClusterOptions.Wiring.DIRECT)).doesNotContain(place);
      assertThatThrownBy(() -> AddressClaim.of(place.own())).isInstanceOf(BindException.class);
    }
    AddressClaim.of(place.own()).close();
  }
}
