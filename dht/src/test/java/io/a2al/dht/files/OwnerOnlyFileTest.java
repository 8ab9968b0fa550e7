package io.a2al.dht.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files with keys where files have access lists instead of permissions, as on Windows. */
class OwnerOnlyFileTest {

    private record User(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    /** The access list of a file, at first one for everyone. */
    private static class AccessList implements AclFileAttributeView {

        private final List<AclEntry> entries = new ArrayList<>(List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(new User("everyone"))
                .setPermissions(AclEntryPermission.READ_DATA)
                .build()));

        @Override
        public String name() {
            return "acl";
        }

        @Override
        public List<AclEntry> getAcl() {
            return List.copyOf(entries);
        }

        @Override
        public void setAcl(List<AclEntry> acl) throws IOException {
            entries.clear();
            entries.addAll(acl);
        }

        @Override
        public UserPrincipal getOwner() {
            return new User("owner");
        }

        @Override
        public void setOwner(UserPrincipal owner) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aFileIsLeftToItsOwnerAlone() {
        AccessList list = new AccessList();

        OwnerOnlyFile.leaveToOwner(list);

        assertThat(list.getAcl()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
            assertThat(entry.principal()).isEqualTo(new User("owner"));
            // The owner goes on to read, write, rename and remove it.
            assertThat(entry.permissions()).containsExactlyInAnyOrder(AclEntryPermission.values());
        });
    }

    @Test
    void aDiskWithoutAccessListsIsUsedAsItIs() {
        AccessList none = new AccessList() {
            @Override
            public void setAcl(List<AclEntry> acl) throws IOException {
                throw new IOException("not supported");
            }
        };

        assertThatCode(() -> OwnerOnlyFile.leaveToOwner(none)).doesNotThrowAnyException();
        assertThatCode(() -> OwnerOnlyFile.leaveToOwner(null)).doesNotThrowAnyException();
    }
}
