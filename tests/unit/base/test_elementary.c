/* The wanted bits were computed with 120 decimal digits and rounded once. */
#include "base/elementary.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

// clang-format off
static const struct {
    double x, want;
} log_cases[] = {
    {1, 0},
    {2, 0x1.62e42fefa39efp-1},
    {10, 0x1.26bb1bbb55516p1},
    {0x1p-1, -0x1.62e42fefa39efp-1},
    {0x1.5bf0a8b145769p1, 1},
    {0x1.0000000000001p0, 0x1.fffffffffffffp-53},
    {0x1.fffffffffffffp-1, -0x1p-53},
    {0x1.1p0, 0x1.f0a30c01162a6p-5},
    {0x1.ep-1, -0x1.08598b59e3a07p-4},
    {0x1.6ap0, 0x1.62c82f2b9c795p-2},
    {0x1.6a09e667f3bcdp0, 0x1.62e42fefa39fp-2},
    {0x1.6a09e667f3bcdp-1, -0x1.62e42fefa39eep-2},
    {0x0.0000000000001p-1022, -0x1.74385446d71c3p9},
    {0x1p-1022, -0x1.6232bdd7abcd2p9},
    {0x0.fffffffffffffp-1022, -0x1.6232bdd7abcd2p9},
    {0x1.fffffffffffffp1023, 0x1.62e42fefa39efp9},
    {0x1.4f8b588e368f1p-17, -0x1.7069e2aa2aa5bp3},
    {100, 0x1.26bb1bbb55516p2},
    {1000, 0x1.ba18a998fffap2},
    {0x1.81cd6c8b43958p13, 0x1.2d79559791e31p3},
    {0x1.8ap6, 0x1.25c37c8a4dc83p2},
    {0x1.0624dd2f1a9fcp-10, -0x1.ba18a998fffap2},
    {3, 0x1.193ea7aad030bp0},
    {7, 0x1.f2272ae325a57p0},
    {0x1.004189374bc6ap0, 0x1.060354f8c3cc4p-10},
    {0x1.ff7ced916872bp-1, -0x1.064670d979b73p-10},
    {0x1.5f958cb551698p0, 0x1.44e2e0c8ed985p-2},
    {0x1.698b374188628p0, 0x1.617da00b1c56fp-2},
    {0x1.f7d13e9122785p-1, -0x1.07f5999fd5301p-6},
    {0x1.c97df75c349dcp-1, -0x1.cd111153c7d96p-4},
    {0x1.1180f3714e9afp0, 0x1.0ee67789762f5p-4},
    {0x1.6198690f9f728p0, 0x1.4aba275084c4bp-2},
    {0x1.06b96f07bbe8dp0, 0x1.a8cdaa8335dbdp-6},
    {0x1.23f79ad3e2696p0, 0x1.0d3d054eb26fdp-3},
    {0x1.bab405d144d33p-1, -0x1.29d49890a271cp-3},
    {0x1.9b96cc0f8bbd9p-1, -0x1.bf13a998ca7ecp-3},
    {0x1.5e4098f1723bp0, 0x1.40fff558aa32p-2},
    {0x1.6118e5ea59db3p0, 0x1.49489f3d9abf8p-2},
    {0x1.bcfa1e513cadcp-1, -0x1.1f56a4130b172p-3},
    {0x1.a70a54e89ecbap-1, -0x1.86e00e7550a45p-3},
    {0x1.1e349bc4e1137p0, 0x1.c8d674c0ca379p-4},
    {0x1.4193acce8b534p0, 0x1.d310a96fe4ce1p-3},
    {0x1.281218372cc3p0, 0x1.29d25d9afe8b5p-3},
    {0x1.4ef15c28d7634p0, 0x1.133baf18fe844p-2},
    {0x1.120f624eba37ep0, 0x1.173961d86786p-4},
    {0x1.6cb950fa1a52bp0, 0x1.6a7551b64e957p-2},
    {0x1.0c99aab7f7b3cp0, 0x1.899977d3e00f9p-5},
    {0x1.e80cd40df76e1p-1, -0x1.88734b12820ebp-5},
    {0x1.c13a26be46083p-1, -0x1.0bdebfeaa9c31p-3},
    {0x1.6dd35cc1122bp0, 0x1.6d8bffb4f1a8ep-2},
    {0x1.7b8dc4c41b928p8, 0x1.7c1883f9cb34p2},
    {0x1.53637c7ff6d5dp7, 0x1.48936f0556bp2},
    {0x1.0446c74c90e38p9, 0x1.905024f7134f9p2},
    {0x1.9fa700c42c6afp8, 0x1.81e90cbb48b9fp2},
    {0x1.869acd1a27841p9, 0x1.aa4b41534bf68p2},
    {0x1.b52925885b817p9, 0x1.b1802c7f27e3ep2},
    {0x1.557f5e7f68551p8, 0x1.7555733c88167p2},
    {0x1.bd2b1f995a2aep9, 0x1.b2a992c35fb81p2},
    {0x1.24388ce27c9ddp7, 0x1.3effcd010be62p2},
    {0x1.64f592f58b8e5p9, 0x1.a4877a2e81af7p2},
    {0x1.0cc0d0ff2d96ap8, 0x1.6600b63950598p2},
    {0x1.6a9fd2acb8242p9, 0x1.a589742df6efep2},
    {0x1.16305511c3fcap88, 0x1.e8a3fe13c7d69p5},
    {0x1.a20b500f2529ap580, 0x1.928409caf2d6fp8},
    {0x1.33d394872a525p845, 0x1.24f265a05e73bp9},
    {0x1.a6e6115c47168p-537, -0x1.73b7d4237f17fp8},
    {0x1.4c7e3304ea9f9p99, 0x1.1388345556e1fp6},
    {0x1.3e588435d4422p722, 0x1.f4ab93de1b977p8},
    {0x1.c9ede62574d97p240, 0x1.4ddfac33fb27dp7},
    {0x1.fe6e0cafaded1p-190, -0x1.060409f555ecfp7},
    {0x1.49649e7c79ccp334, 0x1.cf86c66b0f93ep7},
    {0x1.6b9e6ef67fcbep-378, -0x1.05a8a0eae9d2ap8},
    {0x1.009e2baee89f5p0, 0x1.3bf5cc0c3b5edp-9},
    {0x1.00000564dcceap0, 0x1.59373004f462dp-22},
    {0x1.ff195b6757ebap-1, -0x1.cdb136a49f561p-10},
    {0x1.f3d451fe78f88p-1, -0x1.8a29dd0dab0ebp-6},
    {0x1.000000000018ap0, 0x1.89ffffffffed1p-44},
    {0x1.ffffffcba8c1cp-1, -0x1.a2b9f215671e1p-28},
    {0x1.000000030d9e5p0, 0x1.86cf27fdab643p-31},
    {0x1.ffff895887ccfp-1, -0x1.da9e17cb18dc4p-19},
    {0x1.fffffffe7f174p-1, -0x1.80e8c00090aecp-33},
    {0x1.0000000000a92p0, 0x1.523fffffff904p-41},
    {0x1.fffffffff013bp-1, -0x1.fd8a000007ec6p-38},
    {0x1.fffffff41d6ep-1, -0x1.7c5240046a089p-30},
}, exp_cases[] = {
    {1, 0x1.5bf0a8b145769p1},
    {-1, 0x1.78b56362cef38p-2},
    {0x1p-1, 0x1.a61298e1e069cp0},
    {2, 0x1.d8e64b8d4ddaep2},
    {10, 0x1.5829dcf95056p14},
    {-10, 0x1.7cd79b5647c9bp-15},
    {100, 0x1.3494a9b171bf5p144},
    {0x1.4f8b588e368f1p-17, 0x1.0000a7c5e340ep0},
    {-0x1.4f8b588e368f1p-17, 0x1.fffeb07515653p-1},
    {0x1.8p-53, 0x1.0000000000001p0},
    {0x1p-54, 1},
    {-0x1p-54, 1},
    {0x1.62e42fefa39efp9, 0x1.fffffffffff2ap1023},
    {0x1.62e42fefa39fp9, INFINITY},
    {-0x1.74910d52d3051p9, 0x0.0000000000001p-1022},
    {-0x1.74910d52d3052p9, 0},
    {-0x1.6232bdd7abcd2p9, 0x1.000000000007cp-1022},
    {-0x1.6233333333333p9, 0x0.ff15b469edf89p-1022},
    {-0x1.744p9, 0x0.0000000000001p-1022},
    {0x1.62e42fefa39efp-1, 2},
    {0x1.62e09fe86833cp-8, 0x1.0163d70ab8396p0},
    {0x1.62e24d6791df9p-8, 0x1.0163d8ba8c64ap0},
    {3, 0x1.415e5bf6fb106p4},
    {0x0.0000000000001p-1022, 1},
    {-0x1.35cbe7a602328p9, 0x1.157af64e61e25p-894},
    {0x1.150fd345288ccp7, 0x1.cff5a16903207p199},
    {0x1.2a198a2d10dd6p9, 0x1.18eff1f07a95ep860},
    {-0x1.6d38073c4237ep9, 0x0.00000001264bbp-1022},
    {-0x1.5542a626994fep9, 0x1.41f806068f347p-985},
    {0x1.0ccc4b6e2615p5, 0x1.639f04bfd860ap48},
    {-0x1.40af002eb2caap9, 0x1.a0a9489fae094p-926},
    {0x1.5e907b8d83426p9, 0x1.6dd293d80d9c6p1011},
    {-0x1.96a557efab5cp6, 0x1.4293f2aac48ccp-147},
    {0x1.e145756936218p7, 0x1.1ecb7c0162738p347},
    {0x1.d2e2c1b84668p3, 0x1.08e09a7ca78a7p21},
    {-0x1.3cc280a3985e2p8, 0x1.022e839dada01p-457},
    {-0x1.4051fe861c02dp9, 0x1.aed757034e3ecp-925},
    {-0x1.13c67d8c7821p9, 0x1.36f2c528e1fep-796},
    {0x1.b8acbf30c6598p6, 0x1.eb163bed8ae6ep158},
    {-0x1.55432b4b3e44bp9, 0x1.40a9cc15b16d8p-985},
    {0x1.8faf1578162b8p8, 0x1.89fd29c9b5e3bp576},
    {0x1.431efcd886736p9, 0x1.41da7d857fbfap932},
    {-0x1.462deddad3a13p9, 0x1.cbe55d53851d8p-942},
    {-0x1.83e93b712482cp7, 0x1.224873d890d74p-280},
    {0x1.0fc868fe3f956p1, 0x1.0b7a8346b2799p3},
    {-0x1.7b618095c7d76p0, 0x1.d14a6e4c32524p-3},
    {0x1.3197392ba7cp-2, 0x1.59056dac99cbp0},
    {-0x1.b7a9e4cae7849p0, 0x1.6fab3e7277e3cp-3},
    {-0x1.67f6e3ea7ebaep1, 0x1.ec1ac8ee4922ep-5},
    {0x1.d8e4dbd0d8c1p-2, 0x1.9642002dee007p0},
    {0x1.50cdcb01a69e8p-2, 0x1.63b32e9e88cecp0},
    {-0x1.0f2c4f303a27cp1, 0x1.ec5e36d37c359p-4},
    {0x1.d059c0dcc77p-3, 0x1.4126a1ffd9cb9p0},
    {-0x1.1b057a22479d8p1, 0x1.c0d6786a6995dp-4},
    {0x1.c90cce570794cp0, 0x1.7d8c199c5ae2ap2},
    {-0x1.108118ac841bap1, 0x1.e746208a1e712p-4},
    {-0x1.6983b4dc4c0fp-1, 0x1.f96b666abda4p-2},
    {0x1.9e11e35b22c5p-2, 0x1.7f93ecede824dp0},
    {-0x1.05030497266f2p1, 0x1.0a862671431cp-3},
    {0x1.2470c0ef9519p0, 0x1.912a8a94e8d7cp1},
    {-0x1.688d68b43810cp9, 0x0.000032c3a82c8p-1022},
    {-0x1.6b02592a231c6p9, 0x0.0000005f77974p-1022},
    {-0x1.6cd8217c29bd4p9, 0x0.000000026e867p-1022},
    {-0x1.69ac5a02b072ap9, 0x0.0000056518219p-1022},
    {-0x1.71840c5d6c6a7p9, 0x0.00000000000dfp-1022},
    {-0x1.6f94890f6b696p9, 0x0.00000000029dep-1022},
    {-0x1.6d52ff829730ap9, 0x0.00000000ee625p-1022},
    {-0x1.6b85a8df0a6adp9, 0x0.000000223936bp-1022},
    {-0x1.6d48cf72050e9p9, 0x0.0000000102221p-1022},
    {-0x1.7190418ec4e1cp9, 0x0.00000000000cbp-1022},
};

static const struct {
    double x, y, want;
} pow_cases[] = {
    {2, 10, 1024},
    {10, -2, 0x1.47ae147ae147bp-7},
    {10, 22, 0x1.0f0cf064dd592p73},
    {10, 23, 0x1.52d02c7e14af6p76},
    {3, 34, 0x1.d9fe779881944p53},
    {3, 33, 0x1.3bfefa65abb83p52},
    {5, -3, 0x1.0624dd2f1a9fcp-7},
    {7, 19, 0x1.43f9e0d2d93ecp53},
    {0x1.199999999999ap0, 10, 0x1.4bffc0c03023ep1},
    {-2, 3, -8},
    {-2, 4, 16},
    {-2, -3, -0x1p-3},
    {-0x1.8p0, 7, -0x1.116p4},
    {9, 0x1p-1, 3},
    {2, 0x1p-1, 0x1.6a09e667f3bcdp0},
    {2, -0x1p-1, 0x1.6a09e667f3bcdp-1},
    {27, 0x1.5555555555555p-2, 3},
    {16, 0x1p-2, 2},
    {8, -0x1.5555555555555p-2, 0x1p-1},
    {0x1.ccccccccccccdp-1, 100, 0x1.bda056ed4941p-16},
    {0x1.0cccccccccccdp0, 12, 0x1.cbbd3d7c946b5p0},
    {0x1.199999999999ap0, 0x1.999999999999ap-4, 0x1.02739c65d58bfp0},
    {0x1.000001ad7f29bp0, 0x1.312dp23, 0x1.5bf0a790ce6f2p1},
    {0x1.fffffca501acbp-1, 0x1.dcd65p29, 0x1.a8c1679619156p-145},
    {2, 1023, 0x1p1023},
    {2, -1074, 0x0.0000000000001p-1022},
    {2, -1022, 0x1p-1022},
    {10, 308, 0x1.1ccf385ebc8ap1023},
    {10, -308, 0x0.730d67819e8d2p-1022},
    {10, -323, 0x0.0000000000002p-1022},
    {0x1.8p0, 2, 0x1.2p1},
    {0x1.999999999999ap-4, 2, 0x1.47ae147ae147cp-7},
    {0x1.999999999999ap-4, 3, 0x1.0624dd2f1a9fdp-10},
    {0x1.87e92154ef7acp-665, 0x1.8p0, 0x1.56e1fc2f8f359p-997},
    {0x1.4e718d7d7625ap664, 0x1.8p0, 0x1.7e43c8800759bp996},
    {0x1.7dddf6b095ff1p511, 2, 0x1.1ccf385ebc8ap1023},
    {0x1.0000000000001p0, 0x1p52, 0x1.5bf0a8b145769p1},
    {0x1.fffffffffffffp-1, 0x1p55, 0x1.2c155b8213cf3p-6},
    {0x1.fffffffffffffp1023, 0x1p-1, 0x1.fffffffffffffp511},
    {0x1.fffffffffffffp1023, -0x1.ccccccccccccdp-1, 0x1.51cb453b9530fp-922},
    {0x0.0000000000001p-1022, 0x1p-1, 0x1p-537},
    {0x0.0000000000001p-1022, 0x1.3333333333333p-2, 0x1.bdb8cdadbe161p-323},
    {0x0.0000000000001p-1022, -0x1.ccccccccccccdp-1, 0x1.8406003b2aecdp966},
    {0x1.8ap6, 0x1.6666666666666p-2, 0x1.3f114bc7ae87cp2},
    {4, 0x1.4p1, 32},
    {2, -0x1.0c6p10, 0x0.0000000000001p-1022},
    {2, 0x1.fffffcb923a2ap9, 0x1.fff6ea43bd988p1023},
    {0x1.3333333333333p0, 64, 0x1.c86a34acddb48p16},
    {0x1.3333333333333p0, 65, 0x1.11d952ce1e9f8p17},
    {0x1.3333333333333p0, -64, 0x1.1f2d651dbff6fp-17},
    {0x1.3333333333333p0, -65, 0x1.dea0fddc3ff0fp-18},
    {0x1.69f4d2b361dbdp5, 0x1.fc6d77758b1p-4, 0x1.9ae7c5e9fe906p0},
    {0x1.ec26aafd6e0cap5, -0x1.ada4a41c28c34p0, 0x1.04a68ed4f5b75p-10},
    {0x1.410bf0709711bp6, 0x1.e0d2842df8fa8p0, 0x1.d80ab46f99f9ep11},
    {0x1.f2460793fa376p3, -0x1.a0bb5b05afb58p-1, 0x1.b66d558c3b704p-4},
    {0x1.847546c3f13b3p6, -0x1.899459d352724p0, 0x1.cd9d5ccfb3d0cp-11},
    {0x1.683c3be92fbc3p6, -0x1.37137ce390926p1, 0x1.2a4fa69afa0c3p-16},
    {0x1.e5c42d283a5dfp4, 0x1.7658b982ab4p-1, 0x1.841713ea45fa1p3},
    {0x1.5d50d40b3c32dp6, -0x1.b468d35cd825ep1, 0x1.029850405d4b5p-22},
    {0x1.a53a38d4d4eecp5, 0x1.a467ea8539024p1, 0x1.b823b7a1e78e3p18},
    {0x1.2fec035b327fdp5, -0x1.9856429dda16p-2, 0x1.e02fa3340bb71p-3},
    {0x1.d8f3aa0fa00d3p4, -0x1.9289f07dc9ep-3, 0x1.0726143541f92p-1},
    {0x1.4c32bf4acad72p6, 0x1.21ecc01dad08p2, 0x1.d837beb8c413dp28},
    {0x1.a8fd30343d112p3, -0x1.1b24dfe887104p0, 0x1.d4e221ef3a4a8p-5},
    {0x1.7c8d0c270dad8p4, 0x1.ddcfb4c892788p-1, 0x1.33f8d75803217p4},
    {0x1.5f5ef74ed65ffp5, 0x1.88cbf05ff8fe8p0, 0x1.4b7b3fd88ce01p8},
    {0x1.5f46d265d3281p4, 0x1.e55dd95f5d258p1, 0x1.dd3e7efd25e75p16},
    {0x1.433e6e2aceecbp6, -0x1.3086e58c75a88p-1, 0x1.2c7e8e5a321a2p-4},
    {0x1.47b45adf407e9p6, 0x1.8009289f98d54p0, 0x1.72ff5fe381375p9},
    {0x1.14a395cff3b92p3, -0x1.2f21d0b910ec3p2, 0x1.32bcd77772eb3p-15},
    {0x1.803336b1a54b5p6, -0x1.9785091c3904ap1, 0x1.05e0bbb54d3adp-21},
    {0x1.096918f1f4ad3p4, -0x1.20a695f42ba32p0, 0x1.592821e0aa341p-5},
    {0x1.7fc3ebd1f9867p6, 0x1.06282fed5c4ccp1, 0x1.6642a7782d4d6p13},
    {0x1.19e9ea5f8c4b2p3, 0x1.37eb9fcd7bf5ep2, 0x1.3b02bddc030b9p15},
    {0x1.8fa1fce63e8d1p5, 0x1.4eb07f8f3772cp1, 0x1.afb22bdf03556p14},
    {0x1.1556e989a2f4cp0, -0x1.11382660d405cp7, 0x1.2a3c86ebf65f5p-16},
    {0x1.832ecc90beb6ep-1, -0x1.cb3ffc3a9982p7, 0x1.7ba245b3348dfp92},
    {0x1.493628b59286p0, 0x1.99239efa75f16p9, 0x1.e79e40d4db0f6p296},
    {0x1.05b7d4c9f2fe1p0, 0x1.3744c62216dacp9, 0x1.ca4e1788e03f4p19},
    {0x1.2c5a7ae28dfd1p-1, -0x1.567e1bed3621cp7, 0x1.b4dea618c945ap131},
    {0x1.7e104db68f14ap-1, 0x1.09c208821aab8p9, 0x1.703fe3cd848a5p-225},
    {0x1.a238b79529f72p-1, -0x1.bdb1398ba9accp9, 0x1.20d6ca24af05ap260},
    {0x1.1e84f0d2a8414p-1, -0x1.70ed45ef83e76p8, 0x1.f91dfee1ad6c1p308},
    {0x1.41de5f316f0c3p-1, -0x1.cc39f014fe35ep9, 0x1.5211344762e7fp616},
    {0x1.5febc257dcc9ep0, -0x1.f1441cef5001fp9, 0x1.52740c60ec21ep-457},
    {0x1.871e2f26fd0bbp-1, 0x1.ac041c728cccp6, 0x1.579cab0ba9e5dp-42},
    {0x1.3615cb38f8811p-1, 0x1.d65b95cab63b8p8, 0x1.a18e764802d5ep-341},
    {0x1.0293fc6f50279p9, 66, 0x1.eff7dc315cff1p594},
    {0x1.27099d98a2bf2p7, 44, 0x1.01a3d0eecc28p317},
    {0x1.8cd2230dce999p8, 3, 0x1.dcbb2b8326175p25},
    {0x1.40014bf6f16c9p5, 40, 0x1.d67edc42c2c9ep212},
    {0x1.c770797752c13p9, -48, 0x1.139b998cdf9d7p-472},
    {0x1.d00bcadf5689ap9, 70, 0x1.0c7c07eeedd76p690},
    {0x1.2da5277746d75p9, -58, 0x1.34e187516d3ddp-536},
    {0x1.df99b1a749b2ep8, 32, 0x1.f9aafdaa59d07p284},
    {0x1.feb16d5fc1f31p8, -34, 0x1.173dc7933e60bp-306},
    {0x1.e3c3ffe88a9d7p8, -50, 0x1.10d09282a7d0fp-446},
    {0x1.09f6ab4a39cc1p8, 67, 0x1.9d31cbc13ec81p539},
    {0x1.f14ce26942e7ep9, -5, 0x1.2823a8a83250ep-50},
    {0x1.a93fb1c6d1562p570, 0x1.8b17b88b82926p-1, 0x1.5524bff3b2116p440},
    {0x1.7f829dab8a0a5p634, 0x1.f6052e19024c2p-1, 0x1.28ef1f82066ddp622},
    {0x1.c51d57444bcep-1006, 0x1.c886d5fa3398ap-1, 0x1.a8dc4f52004a7p-897},
    {0x1.e908f1a4b021ep-675, -0x1.0064b0319cbap-5, 0x1.11ca8a96d1bcfp21},
    {0x1.65be256aec618p937, -0x1.b5d5d658fd074p-2, 0x1.1d7728281b508p-401},
    {0x1.c9df576b173fcp672, -0x1.36d6e50eda9d2p-1, 0x1.6d91bd5fbb041p-409},
    {0x1.40f37ff5d8e22p-235, 0x1.83ff205f765f4p-1, 0x1.1e966f012395ep-178},
    {0x1.6952002fed97ep840, -0x1.914dddf372bap-1, 0x1.2a50dade34ddap-659},
    {0x1.3c492f3443048p-444, 0x1.022613eb72066p-1, 0x1.39189401bc26dp-224},
    {0x1.2b406eb3b2974p-187, -0x1.80d92e3e00dep-3, 0x1.11ed03550305bp35},
};
// clang-format on

TEST(elementary_log_is_the_nearest_double) {
    for (size_t i = 0; i < LENGTH(log_cases); i++) {
        CASE("log(%a)", log_cases[i].x);
        CHECK_DOUBLE(elementary_log(log_cases[i].x), log_cases[i].want);
    }
}

TEST(elementary_exp_is_the_nearest_double) {
    for (size_t i = 0; i < LENGTH(exp_cases); i++) {
        CASE("exp(%a)", exp_cases[i].x);
        CHECK_DOUBLE(elementary_exp(exp_cases[i].x), exp_cases[i].want);
    }
}

TEST(elementary_pow_is_the_nearest_double) {
    for (size_t i = 0; i < LENGTH(pow_cases); i++) {
        CASE("pow(%a, %a)", pow_cases[i].x, pow_cases[i].y);
        CHECK_DOUBLE(elementary_pow(pow_cases[i].x, pow_cases[i].y), pow_cases[i].want);
    }
}

TEST(elementary_functions_at_their_limits) {
    const double inf = INFINITY;
    CHECK_DOUBLE(elementary_log(0), -inf);
    CHECK_DOUBLE(elementary_log(-0.0), -inf);
    CHECK_DOUBLE(elementary_log(-1), NAN);
    CHECK_DOUBLE(elementary_log(-inf), NAN);
    CHECK_DOUBLE(elementary_log(inf), inf);
    CHECK_DOUBLE(elementary_log(NAN), NAN);
    CHECK_DOUBLE(elementary_exp(0), 1);
    CHECK_DOUBLE(elementary_exp(-0.0), 1);
    CHECK_DOUBLE(elementary_exp(inf), inf);
    CHECK_DOUBLE(elementary_exp(-inf), 0);
    CHECK_DOUBLE(elementary_exp(710), inf);
    CHECK_DOUBLE(elementary_exp(1e300), inf);
    CHECK_DOUBLE(elementary_exp(-746), 0);
    CHECK_DOUBLE(elementary_exp(-1e300), 0);
    CHECK_DOUBLE(elementary_exp(NAN), NAN);
}

TEST(elementary_pow_at_its_limits) {
    const double inf = INFINITY, great = 1.7976931348623157e308, least = 5e-324;
    const struct {
        const char *what;
        double x, y, want;
    } cases[] = {
        {"0^0", 0, 0, 1},
        {"anything^0", 98.5, 0, 1},
        {"(-3)^0", -3, 0, 1},
        {"inf^0", inf, 0, 1},
        {"0^positive", 0, 2.5, 0},
        {"(-0)^odd is never -0", -0.0, 3, 0},
        {"0^negative divides by zero", 0, -1, NAN},
        {"0^-inf too", 0, -inf, NAN},
        {"(-0)^negative too", -0.0, -2, NAN},
        {"0^inf", 0, inf, 0},
        {"a root of a negative number", -8, 1.0 / 3, NAN},
        {"(-1)^0.5", -1, 0.5, NAN},
        {"(-1)^odd", -1, 3, -1},
        {"(-1)^even", -1, 1e300, 1},
        {"1^huge", 1, great, 1},
        {"1^-huge", 1, -great, 1},
        {"(-1)^huge", -1, great, 1},
        {"2^huge", 2, great, inf},
        {"the next above 1^huge", 1.0000000000000002, great, inf},
        {"the next below 1^huge", 0.9999999999999999, great, 0},
        {"(-1)^2^53", -1, 9007199254740992.0, 1},
        {"(-1)^(2^53 - 1)", -1, 9007199254740991.0, -1},
        {"(-2)^large odd", -2, 1025, -inf},
        {"(-2)^large even", -2, 1024, inf},
        {"(-2)^small odd is 0, not -0", -2, -1077, 0},
        {"(-2)^-1074", -2, -1074, 5e-324},
        {"(-2)^-1073", -2, -1073, -1e-323},
        {"missing^0 is missing", NAN, 0, NAN},
        {"1^missing is missing", 1, NAN, NAN},
        {"missing^missing", NAN, NAN, NAN},
        {"1^inf", 1, inf, 1},
        {"(-1)^-inf", -1, -inf, 1},
        {"2^inf", 2, inf, inf},
        {"2^-inf", 2, -inf, 0},
        {"0.5^inf", 0.5, inf, 0},
        {"0.5^-inf", 0.5, -inf, inf},
        {"inf^0.1", inf, 0.1, inf},
        {"inf^-0.1", inf, -0.1, 0},
        {"(-inf)^3", -inf, 3, -inf},
        {"(-inf)^2", -inf, 2, inf},
        {"(-inf)^-3", -inf, -3, 0},
        {"(-inf)^0.5 is of a negative number", -inf, 0.5, NAN},
        {"overflow", great, 1.0000001, inf},
        {"overflow of a square", 1.3407807929942597e154, 2, inf},
        {"no overflow of a square", 1.3407807929942596e154, 2, 0x1.ffffffffffffep1023},
        {"overflow of a whole power", great, 64, inf},
        {"overflow of a negative one", least, -64, inf},
        {"underflow of a whole power", least, 64, 0},
        {"underflow", 0.1, 1e300, 0},
        {"a huge exponent of nearly 1", 1 + 0x1p-52, 1e300, inf},
        {"the same below 1", 1 - 0x1p-53, 1e300, 0},
        {"a tiny exponent", great, 1e-320, 1},
        {"identity", least, 1, least},
        {"of the greatest", great, 1, great},
        {"1^anything", 1, -1e10, 1},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].what);
        CHECK_DOUBLE(elementary_pow(cases[i].x, cases[i].y), cases[i].want);
    }
}

TEST(elementary_pow_is_exact_where_it_can_be) {
    for (int base = -40; base <= 40; base++) {
        if (base == 0)
            continue;
        double power = 1; // exact below 2^53
        for (int n = 0; n <= 64 && fabs(power) <= 9007199254740992.0; n++, power *= base) {
            CASE("%d^%d", base, n);
            CHECK_DOUBLE(elementary_pow(base, n), power);
            CHECK_DOUBLE(elementary_pow(base, -n), 1 / power);
            if (base > 0 && n > 0 && base * base <= 100) {
                CHECK_DOUBLE(elementary_pow(power * 1.0, 1), power);
                if (power <= 94906265.0)
                    CHECK_DOUBLE(elementary_pow(power * power, 0.5), power);
                if (power < 208000)
                    CHECK_DOUBLE(elementary_pow(power * power, 1.5), power * power * power);
                if (power < 9700)
                    CHECK_DOUBLE(elementary_pow(power * power * power * power, 0.25), power);
            }
        }
    }
    for (int n = -1074; n <= 1023; n++) {
        CASE("2^%d", n);
        CHECK_DOUBLE(elementary_pow(2, n), ldexp(1, n));
        CHECK_DOUBLE(elementary_pow(4, n / 2.0), n % 2 == 0 ? ldexp(1, n) : elementary_pow(2, n));
    }
}

/* A fixed row of numbers, the same on every machine. */
static uint64_t next(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static double next_share(uint64_t *state) {
    return (double)(next(state) >> 11) * 0x1p-53;
}

static uint64_t mix(uint64_t hash, double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (hash ^ bits) * 0x100000001B3u + (hash >> 29);
}

/* One number that depends on every bit of 200,000 results. It was taken where each of them was the double nearest to
 * the true value; another compiler or CPU has to come to it too. */
TEST(elementary_functions_give_the_same_bits_everywhere) {
    uint64_t state = 20210827, logs = 0, exps = 0, pows = 0;
    for (int i = 0; i < 50000; i++) {
        const double x = next_share(&state) * 1000, small = 1 + (next_share(&state) - 0.5) * 0.01;
        logs = mix(mix(logs, elementary_log(x)), elementary_log(small));
        exps = mix(exps, elementary_exp((next_share(&state) - 0.5) * 1480));
        pows = mix(pows, elementary_pow(x, (next_share(&state) - 0.5) * 12));
    }
    CHECK_INT(logs, 0xdbe65326b1bbde83);
    CHECK_INT(exps, 0xd5a2e35e83c71fc9);
    CHECK_INT(pows, 0x97f6e233710bd29a);
}
