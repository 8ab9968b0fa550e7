package io.a2al.app.inspect;

import java.util.List;

/** Packets and records of wire.md section 18. */
public final class Packets {

    private Packets() {}

    /** By key A. */
    public static final String PING =
            "a401a40101020003010454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a10155a056475aa75463"
                    + "474c0285df5dbf2bcab73da6513503582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1d"
                    + "dc8664125531b8045840d143ba958f0a95697c5a0ba0f22cf0769c441358900649a3cc59cd3ceb589f1b"
                    + "c0e21b0df5602f6d9a12282657047f4052e4392fe2dadf9ae272c6eb8f741408";

    /** By key B. */
    static final String PONG = "a401a40101020003020454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a20155a024f6ed6acbfe"
            + "1009c030d7ca567c33ca483091140246cb007107101903582029acbae141bccaf0b22e1a94d34d0bc736"
            + "1e526d0bfe12c89794bc9322966dd7045840b8e6c55478bed75c4870d3d8ce7ba3f1e816860ea70239da"
            + "27f31ae1e332a1db947fe580f3644f4ce0613ac32323a9ffc1e3a9d734e71a673131a28a3e708c05";

    /** Of record {@link #ENDPOINT_RECORD}, by key A. */
    static final String STORE = "a401a40101020003070454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a101a80155a056475aa7"
            + "5463474c0285df5dbf2bcab73da65135020103581da2018177717569633a2f2f3230332e302e3131332e"
            + "373a3431323102010407051a6553f10006190e1007582003a107bff3ce10be1d70dd18e74bc09967e4d6"
            + "309ba50d5f1ddc8664125531b80858409834bfd9020c914a0eaad781bcd917802d6f70e8bba1d01c9ea2"
            + "d49d00018be771523204edd4cd1ce3d987c5b27ffc551b64c91f579e052fbffa904cc2c9830103582003"
            + "a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8045840da35bc1109668142"
            + "656d5b5f5019fc075dd70b9535c827efb3b1ea3ff4e6c7cc2079aba549cce8c204320ebb38154097b718"
            + "12ba7a137c2004ff5744007ed305";

    /** With one node. */
    static final String FIND_NODE_RESPONSE =
            "a401a40101020003040454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a20181a40155a056475a"
                    + "a75463474c0285df5dbf2bcab73da6513502582029528dea9cfb6a940c61143cea7d9f538388755e47fc"
                    + "6869f0dd82d43dd4e85b0344c6336409041910190246cb007107101903582029acbae141bccaf0b22e1a"
                    + "94d34d0bc7361e526d0bfe12c89794bc9322966dd7045840dbf60029737f4913de56fed8713569a221e8"
                    + "3f4f876fda594680b914c9327ac990589408972c8ed9e86114aba151e9d96da11bd8d410ad437f9872b6"
                    + "66449300";

    /** With record {@link #ENDPOINT_RECORD}, by key B. */
    static final String FIND_VALUE_RESPONSE =
            "a401a40101020003060454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a301800346cb00710710"
                    + "190481a80155a056475aa75463474c0285df5dbf2bcab73da65135020103581da2018177717569633a2f"
                    + "2f3230332e302e3131332e373a3431323102010407051a6553f10006190e1007582003a107bff3ce10be"
                    + "1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b80858409834bfd9020c914a0eaad781bcd917"
                    + "802d6f70e8bba1d01c9ea2d49d00018be771523204edd4cd1ce3d987c5b27ffc551b64c91f579e052fbf"
                    + "fa904cc2c9830103582029acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7"
                    + "045840c78301fa4050fe9ba53cec0ae660c5088f5bfdacf2b3cb1e2c169ba84e00c94c342c8af866942c"
                    + "6ac7b74cf93feb5f3005fa5291f1e7966f2194993de2386700";

    /** Positive, of the newer protocol version. */
    static final String STORE_RESPONSE =
            "a401a40101020003080454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a201f502f503582029ac"
                    + "bae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd70458407c13c3fc2711375271"
                    + "3bcf4d692057c131fc1c4dead9af9aa74bd29432d2608be6ec026227dd2888a5b6a5029c8efe344d4d3f"
                    + "243ca3bef3d2c7a0956a7b2d00";

    /** Of the newer protocol version. */
    static final String PUSH_ACK =
            "a401a401010200030c0454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a301582029528dea9cfb"
                    + "6a940c61143cea7d9f538388755e47fc6869f0dd82d43dd4e85b02582083d3f2658c133a4b92dbfb9549"
                    + "1a4c07cfa7f00f247cc66efd3820fbdf050e6603f503582003a107bff3ce10be1d70dd18e74bc09967e4"
                    + "d6309ba50d5f1ddc8664125531b804584073b6cf862637778426272c2906c2fbecb06baa8eb315de3d4a"
                    + "37919f513f3e0f28ceb03f4b865298dad764b3973a11c6c7d810d34d3f80c4c2a70825e8c69609";

    /** By key A. */
    static final String FIND_NODE =
            "a401a40101020003030454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a101582029528dea9cfb"
                    + "6a940c61143cea7d9f538388755e47fc6869f0dd82d43dd4e85b03582003a107bff3ce10be1d70dd18e7"
                    + "4bc09967e4d6309ba50d5f1ddc8664125531b80458400fdcb713f221df2409f35edb27b7182e1fe8b477"
                    + "64ae942eee6e46a88af9abd260c05492c8985064b3810c4740f7417505db2c90bb9e52651764bee99924"
                    + "0006";

    /** Of the newer protocol version. */
    static final String FIND_VALUE =
            "a401a40101020003050454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a3015820671bbce38f67"
                    + "94743396a362629d59ec7c4fc78ee0ab057dd8a7915992ff199b02188003f503582003a107bff3ce10be"
                    + "1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b804584060548c2cdedd13ea466104dd8c8c99"
                    + "fd789f8681ab266a20d6e4de7f32b7f05bf436b6c7f56e8d8366fa940046caa36aafc7cb4e4720ba8a94"
                    + "a1e4f4ece35e02";

    /** By key A. */
    static final String NAT_PROBE_REQUEST =
            "a401a40101020003090454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a2014801020304050607"
                    + "080246cb007107101903582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc86641255"
                    + "31b8045840860d5a1348cc75686b6b0163355fbf31b287fd3904107271178bf058928b59b69416a654aa"
                    + "75fa1b5bb8b6aa971d05cb2b07567c000ed97abb3caaf0bcdb1a04";

    /** By key B. */
    static final String NAT_PROBE_ECHO =
            "a401a401010200030a0454a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b302a1014801020304050607"
                    + "0803582029acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7045840efb6c0"
                    + "429ff1348863b1b4f22662d089bd63a00792f29c920cee0045712280517cec6b3fe7bdf334912557444a"
                    + "2ebc26892ea6c9ee190573605eddbd87428806";

    /** Of key A. */
    static final String ENDPOINT_RECORD =
            "a80155a056475aa75463474c0285df5dbf2bcab73da65135020103581da2018177717569633a2f2f3230"
                    + "332e302e3131332e373a3431323102010407051a6553f10006190e1007582003a107bff3ce10be1d70dd"
                    + "18e74bc09967e4d6309ba50d5f1ddc8664125531b80858409834bfd9020c914a0eaad781bcd917802d6f"
                    + "70e8bba1d01c9ea2d49d00018be771523204edd4cd1ce3d987c5b27ffc551b64c91f579e052fbffa904c"
                    + "c2c98301";

    /** Of key A. */
    static final String TOPIC_RECORD =
            "a80155a056475aa75463474c0285df5dbf2bcab73da651350210035827a70101026761692f64656d6f03"
                    + "6444656d6f0481636d637005800662686907a2616201626161f5041b17979cfe362a0000051a6553f100"
                    + "06190e1007582003a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8085840"
                    + "7a002a50b018f9f2b7c7442afac532ae632519e0deca2df2c8e8da4a934997cc11e94bb6b20126298466"
                    + "bd2758fcaa5bda8dd58ec4b35799deb1e3c31a1fa700";

    /** All of them. */
    public static List<String> all() {
        return List.of(
                PING,
                PONG,
                STORE,
                FIND_NODE_RESPONSE,
                FIND_VALUE_RESPONSE,
                STORE_RESPONSE,
                PUSH_ACK,
                FIND_NODE,
                FIND_VALUE,
                NAT_PROBE_REQUEST,
                NAT_PROBE_ECHO,
                ENDPOINT_RECORD,
                TOPIC_RECORD);
    }
}
