#include "features/rehearsal/names.h"

namespace bursary::rehearsal {
namespace {

constexpr NameGroup kGroups[] = {
    {"english",
     "James Emma Oliver Charlotte Daniel Grace Thomas Hannah Samuel Lucy Benjamin Alice Jack Sophie Henry Claire "
     "Matthew Rachel Joseph "
     "Megan Andrew Laura Peter Naomi Simon Ruth Adam Helen Nathan Joan Rory Eleanor",
     "Smith Jones Taylor Brown Wilson Evans Thomas Roberts Walker Wright Robinson Thompson White Hughes Edwards Green "
     "Hall Wood Harris "
     "Clarke Jackson Turner Hill Cooper Ward Morris Carter Mitchell Baker Bennett O'Connor McCarthy"},
    {"spanish",
     "María José Lucía Carlos Sofía Juan Valentina Luis Camila Miguel Daniela Javier Paula Andrés Gabriela Diego "
     "Mariana Fernando Elena "
     "Ricardo Carmen Alejandro Rosa Pablo Ximena Martín Natalia Óscar Beatriz Rubén Inés Álvaro",
     "García_López Rodríguez Martínez Hernández González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes "
     "Cruz Morales Ortiz "
     "Gutiérrez Chávez Ramos Ruiz Mendoza Álvarez Castillo Jiménez Vargas Romero Núñez_Salas Quispe Mamani Rojas Peña"},
    {"portuguese",
     "Ana João Beatriz Pedro Mariana Lucas Letícia Gustavo Camila Rafael Larissa Felipe Juliana Thiago Fernanda Mateus "
     "Carolina Bruno "
     "Isabela André Patrícia Diogo Inês Tiago Catarina Vitória Caio Renata",
     "Silva Santos Oliveira Souza Pereira Costa Rodrigues Almeida Nascimento Lima Araújo Fernandes Carvalho Gomes "
     "Martins Rocha Ribeiro "
     "Alves Monteiro Barbosa Cardoso Teixeira Moreira Correia Conceição Nunes"},
    {"french",
     "Camille Louis Léa Hugo Manon Lucas Chloé Antoine Julie Pierre Marie Nicolas Claire Mathieu Élise François Amélie "
     "Guillaume "
     "Pauline Benoît Sophie Étienne Hélène Rémi Margaux Olivier Zoé Thibault",
     "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia Roux "
     "Fournier Girard "
     "Bonnet Dupont Lambert Fontaine Rousseau Blanchard Tremblay Gagnon Lévesque"},
    {"german",
     "Anna Lukas Lena Jonas Laura Felix Julia Maximilian Sarah Tobias Katharina Sebastian Johanna Florian Marie "
     "Philipp Hannah Stefan "
     "Ursula Jürgen Franziska Matthias Greta Moritz Theresa Björn",
     "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter Klein Wolf "
     "Schröder Neumann Schwarz "
     "Zimmermann Braun Krüger Hartmann Lange Werner Huber Gruber Steiner Keller"},
    {"italian",
     "Giulia Marco Francesca Alessandro Chiara Luca Martina Matteo Sara Andrea Elena Davide Federica Lorenzo Valentina "
     "Simone Alice "
     "Riccardo Paola Stefano Silvia Giorgio Ilaria Nicolò",
     "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa "
     "Giordano Rizzo "
     "Lombardi Moretti Barbieri Fontana Santoro D'Angelo"},
    {"dutch",
     "Emma Daan Sophie Sem Julia Lucas Lotte Bram Fleur Thijs Anouk Jasper Eva Ruben Femke Pieter Marijke Joost Sanne "
     "Willem",
     "de_Jong Jansen de_Vries van_den_Berg Bakker van_Dijk Visser Smit Meijer Mulder Bos Vos Peters Hendriks "
     "van_Leeuwen Dekker Brouwer "
     "de_Wit Dijkstra Peeters Janssens Maes"},
    {"nordic",
     "Emil Freja Lars Ingrid Oskar Astrid Mikkel Linnea Jonas Sigrid Anders Maja Henrik Elin Magnus Karin Nils Solveig "
     "Aino Eero Kaisa "
     "Juhani Björk Gunnar Signe Rasmus",
     "Hansen Johansson Olsen Andersson Nielsen Larsen Karlsson Jensen Eriksson Berg Lindqvist Dahl Nygård Virtanen "
     "Korhonen Mäkinen "
     "Sørensen Haugen Lund Åberg Holm Nieminen Ødegård"},
    {"slavic",
     "Anna Jakub Katarzyna Piotr Zuzanna Michał Agnieszka Tomáš Eliška Jan Tereza Marko Ana Luka Ivana Nikola Jelena "
     "Petra Matej Ondřej "
     "Małgorzata Wojciech Lenka Milica Stefan",
     "Nowak Wójcik Mazur Krawczyk Duda Wróbel Kaczmarek Zając Sikora Baran Krejčí Horvat Kovačević Marić Jovanović "
     "Petrović Ilić Babić "
     "Zupančič Đorđević Jurić Knežević"},
    {"cyrillic",
     "Олена/Olena Андрій/Andrii Марія/Mariia Іван/Ivan Наталія/Nataliia Дмитро/Dmytro Тетяна/Tetiana Сергій/Serhii "
     "Ганна/Hanna "
     "Oleksandr Iryna Yuliia Bohdan Kateryna Maksym Vasyl Sofiia Taras",
     "Шевченко/Shevchenko Коваленко/Kovalenko Бондаренко/Bondarenko Ткачук/Tkachuk Кравченко/Kravchenko Melnyk Boiko "
     "Lysenko Marchenko "
     "Savchenko Rudenko Polishchuk Petrenko Moroz Hrytsenko Kovalchuk Oliinyk"},
    {"romanian",
     "Andrei Maria Ioana Alexandru Elena Mihai Cristina Ștefan Ana Vlad Raluca Radu Simona Bogdan Irina Tudor Gabriela "
     "Sorin",
     "Popescu Ionescu Popa Stan Dumitru Gheorghe Munteanu Constantin Matei Rusu Marin Tudor Diaconu Dobre Ungureanu "
     "Ciobanu Lungu"},
    {"hungarian",
     "Anna Bence Eszter Gergő Katalin László Zsófia Péter Réka Dániel Ágnes Balázs Nóra Tamás Judit Zoltán",
     "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros"},
    {"greek",
     "Ελένη/Eleni Γιώργος/Giorgos Μαρία/Maria Νίκος/Nikos Katerina Dimitris Sofia Kostas Ioanna Yannis Despina Stavros "
     "Anna Christos",
     "Γεωργίου/Georgiou Δημητρίου/Dimitriou Economou Vasileiou Ioannou Alexandrou Nikolaou Antoniou Christou "
     "Papanikolaou"},
    {"turkish",
     "Ayşe Mehmet Zeynep Mustafa Elif Ahmet Fatma Emre Merve Burak Esra Can Selin Onur Büşra Deniz Gülşen Kerem Ece "
     "Hakan",
     "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Koç Kurt Özkan "
     "Şimşek Polat"},
    {"arabic",
     "Fatima Mohammed Aisha Ahmed Layla Omar Maryam Youssef Nour Khaled Salma Hassan Yasmin Ibrahim Huda Tariq Amina "
     "Mahmoud Rania Karim "
     "ليلى/Layla أحمد/Ahmad مريم/Maryam يوسف/Yousef Zainab Bilal",
     "Al-Masri Haddad Khoury Mansour El-Sayed Hamdan Najjar Saleh Abdallah Khalil Nasser Farouk Benali Bouzid Cherif "
     "Amrani El_Idrissi "
     "Al-Harbi Qasim حداد/Haddad منصور/Mansour Darwish Sharif Trabelsi"},
    {"persian",
     "Sara Reza Maryam Ali Zahra Hossein Niloofar Amir Parisa Mehdi Shirin Navid Laleh Farhad Golnaz Babak Azadeh Kian",
     "Hosseini Ahmadi Mohammadi Karimi Rahimi Moradi Jafari Rezaei Ebrahimi Sadeghi Kazemi Norouzi Tehrani Shirazi "
     "Farahani Amiri"},
    {"hebrew", "Noa David Tamar Yosef Maya Itai Shira Eitan Yael Omer Michal Daniel Adi Uri Rivka Amit",
     "Cohen Levi Mizrahi Peretz Biton Dahan Avraham Friedman Katz Azoulay Shapira Rosen Ben-David Golan Segal Barak"},
    {"hindi",
     "Priya Rahul Ananya Arjun Neha Vikram Pooja Amit Kavita Sanjay Aditi Rohan Sneha Karthik Meera Suresh Divya "
     "Nikhil Lakshmi Ravi Ishita "
     "Deepak Shreya Manoj Aarti Varun",
     "Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Joshi Mehta Desai Rao Verma Mishra Chatterjee Banerjee Mukherjee "
     "Pillai Kulkarni "
     "Agarwal Bhat Menon Naidu Srinivasan Das"},
    {"bengali",
     "Farhana Rahim Nusrat Tanvir Sadia Arif Tasnim Imran Sharmin Rafiq Nasrin Mahbub Rumana Shakil Mithila Kamal",
     "Rahman Hossain Islam Ahmed Chowdhury Akter Khan Begum Sarkar Uddin Haque Karim Miah Talukder Bhuiyan Sultana"},
    {"pakistani",
     "Ayesha Ali Fatima Usman Zainab Bilal Hira Hamza Sana Faisal Mahnoor Asad Rabia Imran Maria Salman Nida Shahid",
     "Khan Malik Hussain Ahmed Shah Butt Iqbal Raza Qureshi Siddiqui Chaudhry Mirza Baig Javed Aslam Nawaz Anwar "
     "Rehman"},
    {"sinhala", "Nimali Kasun Dilani Ruwan Sanduni Chamara Tharushi Nuwan Ishara Priyantha Arun Kavitha Selvi Dinesh",
     "Perera Fernando Silva Jayasuriya Bandara Wickramasinghe Gunawardena Rajapaksa Dissanayake Herath Sivakumar Rajan "
     "Nadarajah"},
    {"nepali", "Sita Ram Anjali Bikash Sunita Prakash Kabita Suman Puja Dipesh Maya Sagar",
     "Shrestha Gurung Tamang Adhikari Thapa Rai Karki Poudel Basnet Magar Sherpa Bhandari"},
    {"chinese",
     "Wei Fang Na Min Jing Lei Yan Jun Ying Hao Xin Yu Ting Jie Chen Hui Mei Bo Xiaoyu Zihan Yuxuan Haoran 伟/Wei "
     "芳/Fang 静/Jing 磊/Lei "
     "晓雨/Xiaoyu 子涵/Zihan 浩然/Haoran 美玲/Meiling Jiayi Tianyu",
     "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo 王/Wang 李/Li 张/Zhang 刘/Liu "
     "陈/Chen 黄/Huang "
     "周/Zhou 林/Lin"},
    {"taiwanese",
     "Yi-Chun Chih-Wei Hsin-Yi Chun-Hao Ya-Ting Po-Han Mei-Ling Cheng-En 怡君/Yi-Chun 志偉/Chih-Wei 雅婷/Ya-Ting "
     "Wing-Yan Ka-Ho Sze-Wai",
     "Chen Lin Huang Chang Lee Wang Wu Liu Tsai Yang Hsu Chan Wong Leung 陳/Chen 林/Lin 黃/Huang 蔡/Tsai"},
    {"japanese",
     "Haruka Kenji Yuki Takashi Sakura Hiroshi Aoi Daiki Misaki Ryo Yui Shota Naoko Kaito 遥/Haruka 健二/Kenji "
     "美咲/Misaki 大輝/Daiki 結衣/Yui Emi Satoshi",
     "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada 佐藤/Sato 鈴木/Suzuki "
     "田中/Tanaka 山本/Yamamoto "
     "中村/Nakamura Inoue Kimura Hayashi"},
    {"korean",
     "Ji-woo Min-jun Seo-yeon Hyun-woo Soo-jin Dong-hyun Ha-eun Jae-won Eun-ji Sung-min 지우/Ji-woo 민준/Min-jun "
     "서연/Seo-yeon 현우/Hyun-woo Yuna Taeyang",
     "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim 김/Kim 이/Lee 박/Park 최/Choi 정/Jung Shin Han Kwon"},
    {"vietnamese",
     "Thị_Lan Văn_Minh Thu_Hà Quang_Huy Ngọc_Anh Đức_Anh Thanh_Mai Hoàng_Long Bích_Ngọc Tuấn Phương_Linh Hải_Yến Khánh "
     "Trung_Kiên",
     "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương"},
    {"thai",
     "Siriporn Somchai Nattaya Anan Pimchanok Thanawat Kanya Prasert Ratana Chai สมชาย/Somchai ศิริพร/Siriporn Malee "
     "Wichai",
     "Saetang Chaiyasit Boonmee Srisuk Wongsa Rattanakorn Suwan Thongchai Phromma Kaewmanee Intharat Jaidee"},
    {"indonesian", "Siti Budi Dewi Agus Putri Rizky Ayu Dian Wahyu Fitri Bayu Ratna Yusuf Indah Made Nyoman Ketut",
     "Santoso Wijaya Sari Pratama Hidayat Nugroho Lestari Saputra Wulandari Kusuma Setiawan Rahayu Hakim Siregar "
     "Simanjuntak"},
    {"malay",
     "Nurul Ahmad Siti_Aisyah Muhammad_Hafiz Farah Amirul Nadia Faizal Wei_Ling Jia_Hui Kavitha Arvind Zul Hidayah",
     "Abdullah Ismail Hassan Rahman Tan Lim Lee Wong Ng Subramaniam Nathan Omar Yusof Goh"},
    {"filipino", "Maria_Clara Juan_Miguel Angela Jose Bea Mark Kristine Paolo Jasmine Rafael Althea Gabriel Liza Ramon",
     "Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Dela_Cruz Villanueva Ramos Aquino Castillo Navarro Salazar "
     "Tolentino"},
    {"nigerian",
     "Chidinma Oluwaseun Ngozi Emeka Folake Tunde Amaka Chinedu Aisha Musa Ifeoma Kelechi Yetunde Segun Halima Ibrahim "
     "Adaeze Babajide "
     "Zainab Obinna",
     "Okafor Adeyemi Okonkwo Balogun Eze Abubakar Nwosu Adebayo Ogunleye Bello Chukwu Ojo Danjuma Onyekachi Afolabi "
     "Yusuf Ibekwe Lawal "
     "Akinyemi Uche"},
    {"ghanaian", "Ama Kwame Abena Kofi Akosua Yaw Efua Kwabena Esi Kojo Adwoa Kwaku Nana Selorm Akua Fiifi",
     "Mensah Owusu Boateng Asante Osei Appiah Amoah Agyeman Darko Addo Ofori Antwi Quaye Tetteh Ansah Sarpong"},
    {"kenyan",
     "Wanjiku Otieno Amina Kipchoge Achieng Mwangi Njeri Kamau Akinyi Baraka Neema Juma Zawadi Kiprono Atieno Musa "
     "Halima Joseph",
     "Odhiambo Kariuki Njoroge Wambui Mutua Chebet Omondi Kimani Were Mwita Hassan Mushi Ndung'u Wekesa Kilonzo "
     "Massawe Nyambura Ouma"},
    {"ethiopian", "Selam Dawit Hana Abel Meron Yonas Bethlehem Samuel Tigist Henok Mekdes Getachew Rahel Kebede",
     "Tesfaye Bekele Haile Alemu Girma Tadesse Abebe Mulugeta Desta Wolde Gebre Assefa Berhane Negash"},
    {"southern",
     "Thandiwe Sipho Nomsa Themba Lerato Tshepo Zanele Bongani Precious Tendai Rudo Farai Chipo Kagiso Naledi Johan "
     "Anika Mandla Refilwe "
     "Chanda",
     "Nkosi Dlamini Ndlovu Khumalo Mokoena Molefe Zulu Sithole Moyo Ncube Banda Phiri Mwale van_der_Merwe Botha Naidoo "
     "Pillay Mabaso Tembo "
     "Chikwanha"},
    {"francophone_african",
     "Aminata Moussa Fatoumata Ibrahima Awa Ousmane Mariam Abdoulaye Aïssatou Jean-Paul Clarisse Serge Nadège Koffi "
     "Adjoua Yao",
     "Diallo Traoré Ndiaye Diop Koné Coulibaly Ouédraogo Touré Kouassi Mbaye Sow Fofana Nguema Mbarga Kamga Ilunga "
     "Kabongo Rakoto"},
    {"rwandan",
     "Uwase Jean-Claude Claudine Eric Diane Olivier Aline Patrick Grace Emmanuel Nakato Okello Namukasa Ssemwogerere",
     "Uwimana Habimana Mugisha Niyonzima Mukamana Nshimiyimana Kagabo Ingabire Byaruhanga Nabirye Kato Tumusiime"},
    {"central_asian",
     "Aigerim Nurlan Dinara Timur Gulnara Azamat Madina Sanjar Zarina Bekzat Anahit Armen Nino Giorgi Leyla Elvin",
     "Serik Bolat Kairat Tulegen Hakobyan Sargsyan Petrosyan Grigoryan Beridze Kapanadze Lomidze Gelashvili Asan "
     "Rashid"},
    {"mongolian", "Bat-Erdene Oyuunaa Temüülen Sarnai Ganbold Enkhjin Tuya Dorji Sonam Pema Tashi Karma",
     "Batbayar Ganzorig Dorj Tsogt Munkh Wangchuk Dema Lhamo Tshering"},
    {"pacific", "Sione Mele Ioane Leilani Tevita Ana Semisi Lupe Apisai Litia Mere Hemi Aroha Tane",
     "Taufa Fonoti Tuilagi Vakatawa Tamatea Ngata Rangi Latu Koroi Waqa Tupou Faleolo"},
    {"caribbean", "Shanice Andre Keisha Marlon Tamika Dwayne Alicia Jermaine Nadine Rohan Simone Kemar",
     "Campbell Williams Grant Clarke Joseph Charles Baptiste Ramdin Mohammed Pierre Thompson Alleyne"},
    {"albanian", "Arben Besa Ilir Drita Erion Valbona Gent Teuta Luan Mirela",
     "Hoxha Shehu Krasniqi Gashi Berisha Leka Prifti Dervishi Bajrami Kola"},
    {"bulgarian", "Maria Elena Desislava Petya Svetla Ralitsa Yana Vesela",
     "Ivanova Petkova Georgieva Dimitrova Koleva Stoyanova Todorova Angelova"},
    {"southeast", "Sopheap Dara Chanthy Rithy Bounmy Khamla Aye_Aye Kyaw_Zin Thida Su_Mon Htet Noy",
     "Sok Chan Keo Phommachanh Vongsa Win Htun Aung Lwin Thein Sisouk Kim"},
};

}  // namespace

std::span<const NameGroup> name_groups() { return kGroups; }

}  // namespace bursary::rehearsal
