package io.shardquake.node.core.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardquake.node.core.config.Configuration;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandshakeTest {
  private static final String ID = "c".repeat(40);

  private final Configuration configuration = new Configuration();
  private final Handshake handshake =
      new Handshake(configuration, ReplicationLog.encode("PSYNC", "?", "-1"));

  private static String said(Handshake.Step step) {
    assertThat(step).isInstanceOf(Handshake.Say.class);
    return new String(((Handshake.Say) step).bytes(), StandardCharsets.US_ASCII)
        .replaceAll("[*$][0-9]+\r\n", "")
        .replace("\r\n", " ")
        .strip();
  }

  private void untilPsync() {
    handshake.heard("+PONG");
    handshake.heard("+OK");
    handshake.heard("+OK");
  }

  @Test
  void saysWhoItIsInOneBurstAndAsksWhenAllIsAnswered() {
    configuration.set("masterauth", "secret");
    configuration.set("masteruser", "replicator");
    configuration.set("replica-announce-ip", "10.0.0.7");
    configuration.set("replica-announce-port", "7999");
    assertThat(said(handshake.heard("+PONG")))
        .isEqualTo(
            "AUTH replicator secret REPLCONF listening-port 7999 REPLCONF ip-address 10.0.0.7"
                + " REPLCONF capa eof capa psync2");
    assertThat(handshake.heard("+OK")).isEqualTo(new Handshake.Wait());
    assertThat(handshake.heard("-ERR Unrecognized REPLCONF option"))
        .isEqualTo(new Handshake.Wait());
    assertThat(handshake.heard("+OK")).isEqualTo(new Handshake.Wait());
    assertThat(said(handshake.heard("+OK"))).isEqualTo("PSYNC ? -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+PONG", "+anything", "-NOAUTH Authentication required."})
  void goesOnWhenTheMasterAnswersAtAll(String answer) {
    assertThat(said(handshake.heard(answer))).startsWith("REPLCONF listening-port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-LOADING Redis is loading", "-MISCONF no", "-MASTERDOWN no"})
  void comesBackLaterWhenTheMasterDoesNotWantToTalk(String answer) {
    assertThat(handshake.heard(answer)).isInstanceOf(Handshake.GiveUp.class);
  }

  @Test
  void givesUpWithoutTheRightPassword() {
    configuration.set("masterauth", "wrong");
    handshake.heard("-NOAUTH Authentication required.");
    assertThat(handshake.heard("-WRONGPASS invalid"))
        .isEqualTo(new Handshake.GiveUp("Unable to AUTH to MASTER: -WRONGPASS invalid", false));
  }

  @Test
  void understandsEveryAnswerToPsync() {
    untilPsync();
    assertThat(handshake.heard("")).as("a sign of life").isEqualTo(new Handshake.Wait());
    assertThat(handshake.heard("+CONTINUE")).isEqualTo(new Handshake.Resume(Optional.empty()));
    assertThat(handshake.heard("+CONTINUE " + ID)).isEqualTo(new Handshake.Resume(Optional.of(ID)));
    assertThat(handshake.heard("+FULLRESYNC " + ID + " 17"))
        .isEqualTo(new Handshake.Synchronize(ID, 17));
    assertThat(handshake.heard("-NOMASTERLINK Can't SYNC")).isInstanceOf(Handshake.GiveUp.class);
    assertThat(handshake.heard("-LOADING Redis")).isInstanceOf(Handshake.GiveUp.class);
    assertThat(handshake.heard("-ERR unknown command")).isEqualTo(new Handshake.OldSynchronize());
    assertThat(handshake.heard("+FULLRESYNC " + ID + " many")).isInstanceOf(Handshake.GiveUp.class);
  }
}
