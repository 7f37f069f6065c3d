//! Where invented people live, and what they are called there: by words that mean "sample" and "example".

/// A country, and what its people and places are called.
pub(crate) struct Home {
    pub(crate) nationality: &'static str,
    pub(crate) given: &'static [&'static str],
    pub(crate) family: &'static [&'static str],
    /// Whole names in the script of the country.
    pub(crate) native: &'static [&'static str],
    pub(crate) city: &'static str,
    pub(crate) street: &'static str,
}

/// All of them; Korea twice, since it is the most frequent.
pub(crate) const HOMES: [Home; 8] = [
    Home {
        nationality: "KOR",
        given: &["Gyeonbon", "Yesi", "Gasang"],
        family: &["Kim", "Lee", "Park"],
        native: &["김견본", "이보기", "박예시", "최가상"],
        city: "서울특별시",
        street: "가상구 견본로 12, 예시빌딩 3층",
    },
    Home {
        nationality: "KOR",
        given: &["Bogi", "Mobon"],
        family: &["Choi", "Jung"],
        native: &["정견본", "강예시"],
        city: "부산광역시",
        street: "보기구 예시대로 345, 견본아파트 101동",
    },
    Home {
        nationality: "JPN",
        given: &["Taro", "Hanako"],
        family: &["Mihon", "Reiji"],
        native: &["見本太郎", "例示花子", "架空一郎"],
        city: "東京都",
        street: "架空区見本町1丁目2-3 例ビル4階",
    },
    Home {
        nationality: "USA",
        given: &["Alex", "Robin", "Sam"],
        family: &["Sample", "Placeholder", "O'Specimen"],
        native: &[],
        city: "Sampleville",
        street: "500 Placeholder Ave Apt 4B",
    },
    Home {
        nationality: "DEU",
        given: &["Jürgen", "Zoë"],
        family: &["Muster", "Beispiel", "Großmuster"],
        native: &[],
        city: "Musterstadt",
        street: "Äußere Beispielstraße 17",
    },
    Home {
        nationality: "SAU",
        given: &["Mohammed", "Fatima"],
        family: &["Al-Ayyina", "Al-Mithal"],
        native: &["محمد العينة", "فاطمة المثال"],
        city: "مدينة المثال",
        street: "طريق العينة، حي المثال",
    },
    Home {
        nationality: "VNM",
        given: &["Hương", "Tuấn"],
        family: &["Mẫu", "Thử"],
        native: &["Mẫu Thị Hương", "Thử Văn Tuấn"],
        city: "Thành phố Mẫu",
        street: "268 Đường Thử, Phường 14",
    },
    Home {
        nationality: "MEX",
        given: &["José", "Ángel"],
        family: &["Ejemplo", "Muestra"],
        native: &[],
        city: "Ciudad Ejemplo",
        street: "Av. Muestra Sur 1602",
    },
];
