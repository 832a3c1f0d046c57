package org.rollcall.web.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rollcall.collector.evidence.EvidenceFiles;
import org.rollcall.collector.evidence.SignedHead;
import org.rollcall.collector.proof.ProofMaker;

/**
 * {@code GET /api/v1/evidence/heads}: the signed heads of the days, newest first. They tell nothing
 * of any school and are worth more the more people keep them, so everybody may ask.
 */
final class EvidenceCall implements Call {
  private final EvidenceFiles evidence;
  private final ProofMaker proofs;

  EvidenceCall(EvidenceFiles evidence, ProofMaker proofs) {
    this.evidence = evidence;
    this.proofs = proofs;
  }

  @Override
  public Object answer(Request request) {
    try {
      List<SignedHead> heads = new ArrayList<>(evidence.heads());
      Collections.reverse(heads);
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("key", proofs.publicKey());
      answer.put("total", heads.size());
      answer.put("items", heads.stream().map(EvidenceCall::view).toList());
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> view(SignedHead head) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("day", head.head().day().toString());
    view.put("number", head.head().number());
    view.put("previous", head.head().previous());
    view.put("schools", head.head().schools());
    view.put("records", head.head().records());
    view.put("sha256", head.head().sha256());
    view.put("signature", HexFormat.of().formatHex(head.signature()));
    view.put("made", Times.text(head.head().made()));
    return view;
  }
}
