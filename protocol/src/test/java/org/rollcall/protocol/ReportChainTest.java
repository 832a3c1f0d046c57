package org.rollcall.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.rollcall.protocol.v1.Report;
import org.rollcall.protocol.v1.Seal;

class ReportChainTest {
  private static final long EPOCH = 1_790_000_000_000L;
  private final AgentKey key = AgentKey.generate();

  @Test
  void reportsAreNumberedFromOneAndEachHoldsTheHashOfTheOneBefore() throws Exception {
    ReportChain chain = new ReportChain("a-1", EPOCH, 0, new byte[0]);
    byte[] first = chain.append(Report.newBuilder().setCreatedMillis(EPOCH));
    byte[] second = chain.append(Report.newBuilder().setCreatedMillis(EPOCH));
    assertThat(ReportCodec.parse(first).getSeq()).isEqualTo(1);
    assertThat(ReportCodec.parse(first).getPreviousSha256()).isEqualTo(ByteString.EMPTY);
    assertThat(ReportCodec.parse(second).getSeq()).isEqualTo(2);
    assertThat(ReportCodec.parse(second).getPreviousSha256().toByteArray())
        .isEqualTo(ReportChain.sha256(first));
    assertThat(ReportCheck.fault(ReportCodec.parse(second), EPOCH)).isNull();
  }

  @Test
  void aChainGoesOnWhereItStopped() {
    ReportChain whole = new ReportChain("a-1", EPOCH, 0, new byte[0]);
    byte[] first = whole.append(Report.newBuilder());
    ReportChain resumed = new ReportChain("a-1", EPOCH, 1, ReportChain.sha256(first));
    assertThat(resumed.append(Report.newBuilder())).isEqualTo(whole.append(Report.newBuilder()));
  }

  @Test
  void aChainWithAPastNeedsItsHash() {
    assertThatThrownBy(() -> new ReportChain("a-1", EPOCH, 5, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSealHoldsForItsAgentEpochAndNumberAlone() {
    ReportChain chain = new ReportChain("a-1", EPOCH, 0, new byte[0]);
    chain.append(Report.newBuilder());
    Seal seal = chain.seal(key);
    byte[] publicKey = key.publicKey();
    assertThat(ReportChain.verifySeal(seal, "a-1", EPOCH, publicKey)).isTrue();
    assertThat(ReportChain.verifySeal(seal, "a-2", EPOCH, publicKey)).isFalse();
    assertThat(ReportChain.verifySeal(seal, "a-1", EPOCH + 1, publicKey)).isFalse();
    Seal moved = seal.toBuilder().setSeq(2).build();
    assertThat(ReportChain.verifySeal(moved, "a-1", EPOCH, publicKey)).isFalse();
    byte[] stranger = AgentKey.generate().publicKey();
    assertThat(ReportChain.verifySeal(seal, "a-1", EPOCH, stranger)).isFalse();
  }

  @Test
  void everyChangedBitOfAReportBreaksTheChain() {
    ReportChain chain = new ReportChain("a-1", EPOCH, 0, new byte[0]);
    byte[] first = chain.append(Report.newBuilder().setCreatedMillis(EPOCH));
    byte[] hash = ReportChain.sha256(first);
    for (int bit = 0; bit < first.length * 8; bit++) {
      byte[] changed = first.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(ReportChain.sha256(changed)).isNotEqualTo(hash);
    }
  }
}
