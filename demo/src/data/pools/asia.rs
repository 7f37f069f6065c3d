//! Asian countries.

use super::homeland::{Homeland, PrintedDateFormat, place};

pub(in super::super) const KOREA: Homeland = Homeland {
    country: "KOR",
    alpha2: "KR",
    english: "South Korea",
    weight: 34,
    family: "김=Kim, 이=Lee, 박=Park, 최=Choi, 정=Jung, 강=Kang, 윤=Yoon, 한=Han, 남궁=Namgung, 선우=Sunwoo",
    men: "민준=Minjun, 도윤=Doyun, 시우=Siwoo, 지호=Jiho, 하준=Hajun, 건우=Gunwoo, 훈=Hoon, 우진=Woojin, 태양=Taeyang",
    women: "서연=Seoyeon, 하윤=Hayoon, 지우=Jiwoo, 수아=Sua, 은지=Eunji, 유나=Yuna, 별=Byul, 다은=Daeun, 아름=Areum",
    family_first: true,
    gap: "",
    places: &[
        place("서울특별시", "서울", "보기구 본보기로 12, 견본타워 7층", "00412", "8Q98HXPG+MP"),
        place("부산광역시", "부산", "예시구 가상대로 250", "00633", "8Q7F5P2V+4R"),
        place("제주특별자치도 제주시", "제주", "보기읍 예시길 3-1", "00985", "8Q55FGXJ+7C"),
    ],
    id_types: &["government_id", "government_id", "drivers_license", "drivers_license", "passport"],
    printed: PrintedDateFormat::YearDots,
    document: "M000#####",
    // The seventh digit 9 belongs to births before 1900.
    identity: "-9######",
    phone: "+82-10-0###-####",
};

pub(in super::super) const JAPAN: Homeland = Homeland {
    country: "JPN",
    alpha2: "JP",
    english: "Japan",
    weight: 13,
    family: "佐藤=Sato, 鈴木=Suzuki, 高橋=Takahashi, 田中=Tanaka, 渡邉=Watanabe, 齋藤=Saito, 見本=Mihon, 小鳥遊=Takanashi",
    men: "陽翔=Haruto, 颯太=Sota, 蓮=Ren, ユウト=Yuto, 大和=Yamato, 太郎=Taro",
    women: "結衣=Yui, 陽菜=Hina, 葵=Aoi, さくら=Sakura, ミサキ=Misaki, 花子=Hanako",
    family_first: true,
    gap: " ",
    places: &[
        place("東京都", "東京", "見本区例町１丁目２番３号 サンプルマンション４０５", "100-0000", "8Q7XMQHG+2W"),
        place("大阪市", "大阪府", "記入区見本筋4-5-6", "530-0000", "8Q6QMFJQ+H8"),
    ],
    id_types: &["drivers_license", "passport", "residence_permit", "government_id"],
    printed: PrintedDateFormat::YearDots,
    document: "TX00#####",
    identity: "0000 #### ####",
    phone: "+81-90-0000-####",
};

pub(in super::super) const CHINA: Homeland = Homeland {
    country: "CHN",
    alpha2: "CN",
    english: "China",
    weight: 6,
    family: "王=Wang, 李=Li, 张=Zhang, 刘=Liu, 欧阳=Ouyang, 𠮷=Ji",
    men: "伟=Wei, 磊=Lei, 洋=Yang, 子轩=Zixuan",
    women: "芳=Fang, 秀英=Xiuying, 静=Jing, 欣怡=Xinyi",
    family_first: true,
    gap: "",
    places: &[
        place("上海市", "上海", "示例区样本大道100号", "200000", "8Q336FH5+Q9"),
        place("成都市", "四川省", "样例区虚构路8号", "610000", "8P26M3X8+2F"),
    ],
    id_types: &["passport", "government_id", "foreign_registrator"],
    printed: PrintedDateFormat::YearDots,
    document: "EX00#####",
    identity: "000000########000#",
    phone: "+86-100-0000-####",
};

pub(in super::super) const VIETNAM: Homeland = Homeland {
    country: "VNM",
    alpha2: "VN",
    english: "Vietnam",
    weight: 8,
    family: "Nguyễn=Nguyen, Trần=Tran, Lê=Le, Phạm=Pham, Đặng=Dang",
    men: "Văn Tuấn=Van Tuan, Minh Anh, Quốc Bảo=Quoc Bao, Đức Thịnh=Duc Thinh",
    women: "Thị Hương=Thi Huong, Thảo=Thao, Ngọc Ánh=Ngoc Anh, Mỹ Duyên=My Duyen",
    family_first: true,
    gap: " ",
    places: &[
        place("Thành phố Hồ Chí Minh", "Hồ Chí Minh", "12 Đường Ví Dụ, Phường Mẫu", "00700", "7P28QPF9+X6"),
        place("Hà Nội", "Hà Nội", "7 Ngõ Minh Họa, Quận Thử", "00100", "7PH72RCX+88"),
    ],
    id_types: &["government_id", "passport", "drivers_license", "foreign_registrator"],
    printed: PrintedDateFormat::DaySlashes,
    document: "B00#####",
    identity: "000#########",
    phone: "+84-90-000-####",
};

pub(in super::super) const THAILAND: Homeland = Homeland {
    country: "THA",
    alpha2: "TH",
    english: "Thailand",
    weight: 4,
    family: "ศรีสุข=Srisuk, ไชยสิทธิ์=Chaiyasit, ตัวอย่าง=Tuayang",
    men: "สมชาย=Somchai, นิรันดร์=Niran, ธนกร=Thanakorn",
    women: "มาลี=Malee, กัญญา=Kanya, น้ำฝน=Namfon",
    family_first: false,
    gap: " ",
    places: &[place("กรุงเทพมหานคร", "กรุงเทพฯ", "99/9 ถนนตัวอย่าง แขวงสมมุติ", "10000", "7P52PGP5+J2")],
    id_types: &["government_id", "passport"],
    printed: PrintedDateFormat::DayWords,
    document: "AA00#####",
    identity: "0-0000-#####-##-#",
    phone: "+66-80-000-####",
};

pub(in super::super) const INDIA: Homeland = Homeland {
    country: "IND",
    alpha2: "IN",
    english: "India",
    weight: 5,
    family: "शर्मा=Sharma, पटेल=Patel, वेंकटरमन=Venkataraman, नमूना=Namuna",
    men: "आरव=Aarav, राहुल=Rahul, क्षितिज=Kshitij",
    women: "प्रिया=Priya, अनन्या=Ananya, श्रेया=Shreya",
    family_first: false,
    gap: " ",
    places: &[
        place("बेंगलुरु", "कर्नाटक", "14/2 उदाहरण मार्ग, नमूना नगर", "000001", "7J4VXHCV+5X"),
        place("Mumbai", "Maharashtra", "Flat 9, Example Chambers, Sample Road", "000010", "7JFJ3RHG+22"),
    ],
    id_types: &["aadhaar", "pancard", "passport"],
    printed: PrintedDateFormat::DaySlashes,
    document: "X00#####",
    // Numbers of the registry never start with 0.
    identity: "0### #### ####",
    phone: "+91-00000-#####",
};

pub(in super::super) const SAUDI_ARABIA: Homeland = Homeland {
    country: "SAU",
    alpha2: "SA",
    english: "Saudi Arabia",
    weight: 4,
    family: "القحطاني=Al-Qahtani, الحربي=Al-Harbi, الغامدي=Al-Ghamdi, المثالي=Al-Mithali",
    men: "محمد=Mohammed, عبد الله=Abdullah, فيصل=Faisal",
    women: "فاطمة=Fatima, نورة=Noura, ريم=Reem",
    family_first: false,
    gap: " ",
    places: &[place("الرياض", "منطقة الرياض", "٧ شارع المثال، حي النموذج", "00214", "7HP6PJ7G+FX")],
    id_types: &["government_id", "passport", "residence_permit"],
    printed: PrintedDateFormat::DaySlashes,
    document: "S00#####",
    identity: "000#######",
    phone: "+966-50-000-####",
};

pub(in super::super) const ISRAEL: Homeland = Homeland {
    country: "ISR",
    alpha2: "IL",
    english: "Israel",
    weight: 2,
    family: "כהן=Cohen, לוי=Levi, דוגמה=Dugma",
    men: "נועם=Noam, איתי=Itai",
    women: "מאיה=Maya, תמר=Tamar",
    family_first: false,
    gap: " ",
    places: &[place("תל אביב", "תל אביב", "רחוב הדוגמה 5", "0000005", "8G4P3QMR+55")],
    id_types: &["government_id", "passport"],
    printed: PrintedDateFormat::DayDots,
    document: "00######",
    identity: "00000####",
    phone: "+972-50-000-####",
};

pub(in super::super) const PHILIPPINES: Homeland = Homeland {
    country: "PHL",
    alpha2: "PH",
    english: "Philippines",
    weight: 5,
    family: "Dela Cruz, Reyes, Santos, Peñaflor=Penaflor",
    men: "John Paul, Juan Miguel, Jose Mari",
    women: "Maria Cristina, Angel Mae, Liwayway",
    family_first: false,
    gap: " ",
    places: &[place("Quezon City", "Metro Manila", "123 Halimbawa Street, Barangay Sample", "0008", "7Q63J3GC+9V")],
    id_types: &["government_id", "passport", "drivers_license"],
    printed: PrintedDateFormat::MonthSlashes,
    document: "P000####X",
    identity: "0000-#######-#",
    phone: "+63-900-000-####",
};
