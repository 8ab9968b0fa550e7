package io.a2al.bench.micro.cases;

import io.a2al.bench.sample.Samples;
import io.a2al.protocol.Bytes;
import io.a2al.protocol.crypto.Identity;
import io.a2al.protocol.mailbox.InvalidMailException;
import io.a2al.protocol.mailbox.Mail;
import io.a2al.protocol.mailbox.SealedMail;
import io.a2al.protocol.record.RecordSigner;
import io.a2al.protocol.record.RecordType;
import io.a2al.protocol.record.SignedRecord;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Opening of a sealed note. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class MailBenchmark {

    private final Identity recipient = new Samples(1).identity();
    private SignedRecord note = Samples.endpointRecord(recipient);

    /** Seals the note. */
    @Setup
    public void setUp() throws InvalidMailException {
        Identity sender = new Samples(2).identity();
        Bytes sealed = SealedMail.seal(
                sender.address(),
                recipient.address(),
                recipient.publicKey(),
                Mail.TEXT,
                Bytes.zeros(100),
                new SecureRandom());
        note = RecordSigner.self(sender.newSigner()).sign(RecordType.MAILBOX, sealed, 1, Samples.NOW, 3600);
    }

    /** Opens the note. */
    @Benchmark
    public Mail open() throws InvalidMailException {
        return SealedMail.open(note, recipient.address(), recipient);
    }
}
